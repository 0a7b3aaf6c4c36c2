import type { Loop } from '../../../src/loop/loop.ts';

export interface LogsAnswer {
  status: number;
  body: Record<string, unknown>;
}

/** Calls CloudWatch Logs of a loop, for which the tests have no SDK. */
export function askLogs({ endpoint }: Loop): (operation: string, input: object) => Promise<LogsAnswer> {
  return async (operation, input) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'X-Amz-Target': `Logs_20140328.${operation}`,
        Authorization:
          'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/logs/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify(input),
    });
    return { status: response.status, body: Object(await response.json()) };
  };
}

/** The messages of the events in an answer. */
export function messages({ events }: Record<string, unknown>): string[] {
  return Array.isArray(events) ? events.map(({ message }) => String(message)) : [];
}
