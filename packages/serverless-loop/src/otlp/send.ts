import { parseJsonWithin, SHORT_LIMITS } from '../aws/json-limits.ts';

/** A collector that did not take a request. */
export class SendError extends Error {
  override readonly name = 'SendError';
  /** Another try may do better (OTLP specification, "Failures"). */
  readonly isRetryable: boolean;

  constructor(message: string, isRetryable: boolean, options?: ErrorOptions) {
    super(message, options);
    this.isRetryable = isRetryable;
  }
}

const TIMEOUT_MS = 5_000;
const RETRYABLE = [429, 502, 503, 504];

/** Posts JSON to a collector. Throws SendError. */
export async function send(url: string, body: string): Promise<void> {
  const answer = await post(url, body);
  const text = await answer.text().catch(() => '');
  if (!answer.ok) {
    throw new SendError(
      `the collector answered ${answer.status} ${text.slice(0, 200)}`.trim(),
      RETRYABLE.includes(answer.status),
    );
  }
  const rejected = rejection(text);
  if (rejected !== undefined) throw new SendError(rejected, false);
}

async function post(url: string, body: string): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw new SendError(`no answer from the collector: ${reasonOf(cause)}`, true, { cause });
  }
}

/** `fetch` says why in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** Reads from a partial success which spans were not taken. */
function rejection(text: string): string | undefined {
  try {
    const answer = parseJsonWithin(text, SHORT_LIMITS);
    if (typeof answer !== 'object' || answer === null || !('partialSuccess' in answer)) return undefined;
    const { partialSuccess } = answer;
    if (typeof partialSuccess !== 'object' || partialSuccess === null) return undefined;
    const count = 'rejectedSpans' in partialSuccess ? Number(partialSuccess.rejectedSpans) : 0;
    if (!(count > 0)) return undefined;
    const words = 'errorMessage' in partialSuccess ? `: ${partialSuccess.errorMessage}` : '';
    return `the collector rejected ${count} spans${words}`;
  } catch {
    return undefined;
  }
}
