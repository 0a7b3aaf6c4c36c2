import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/** The way to invoke a function. */
export interface InvokeOptions {
  /** Leaves the event with Lambda's queue (InvocationType Event): no answer, but retries and destinations. */
  async?: boolean;
  /** The version or alias; the function's alias, where it has one and nothing is said. */
  qualifier?: string;
}

/** The outcome of an invocation. */
export interface Invocation {
  requestId: string;
  /** The answer, read as JSON; of one that failed, the error as Lambda tells it. Undefined of an asynchronous one. */
  payload: unknown;
  /** Of a function that failed. */
  error?: InvocationError;
  /** The end of its log, 4 KB of it; empty for an asynchronous one. */
  logs: string;
}

/** The error that a function threw, or that tells what became of it (Lambda guide, "Understanding retry behavior"). */
export interface InvocationError {
  /** `Unhandled`, as AWS has it in X-Amz-Function-Error. */
  functionError: string;
  type: string;
  message: string;
}

interface Found {
  endpoint: string;
  region: string;
  functionName: string;
  qualifier: string | undefined;
}

/** Invokes a function of a loop as the AWS SDK does. Rejects with the SDK's error where Lambda itself refuses. */
export async function invokeFunction(
  { endpoint, region, functionName, qualifier }: Found,
  event: unknown,
  isAsync: boolean,
): Promise<Invocation> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new LambdaClient({ endpoint, region, credentials, maxAttempts: 1 });
  try {
    const { Payload, FunctionError, LogResult, $metadata } = await client.send(
      new InvokeCommand({
        FunctionName: functionName,
        ...(qualifier !== undefined && { Qualifier: qualifier }),
        Payload: JSON.stringify(event) ?? '{}',
        InvocationType: isAsync ? 'Event' : 'RequestResponse',
        ...(!isAsync && { LogType: 'Tail' as const }),
      }),
    );
    const text = Buffer.from(Payload ?? []).toString();
    const payload: unknown = text === '' ? undefined : JSON.parse(text);
    return {
      requestId: $metadata.requestId ?? '',
      payload,
      ...(FunctionError !== undefined && { error: errorOf(FunctionError, payload) }),
      logs: Buffer.from(LogResult ?? '', 'base64').toString(),
    };
  } finally {
    client.destroy();
  }
}

function errorOf(functionError: string, payload: unknown): InvocationError {
  const { errorType = '', errorMessage = '' }: { errorType?: unknown; errorMessage?: unknown } =
    Object(payload);
  return { functionError, type: String(errorType), message: String(errorMessage) };
}
