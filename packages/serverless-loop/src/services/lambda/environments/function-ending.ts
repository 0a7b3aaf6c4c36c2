import { parseJsonWithin, SHORT_LIMITS } from '../../../aws/json-limits.ts';
import { MAX_RESPONSE_BYTES } from './runtime-api.ts';
import type { RuntimeEnding } from './runtime-process.ts';

/** The end of an invocation, in the words of its answer and of its platform log. */
export interface FunctionEnding {
  outcome: 'ok' | 'error' | 'timeout';
  payload: Buffer;
  errorType?: string;
  errorMessage?: string;
}

/** The answer that Lambda gives for how a runtime ended (LocalStack's record, tests/aws/services/lambda_/test_lambda.snapshot.json: time-outs, exits, answers that are too large). */
export function functionEnding(requestId: string, ending: RuntimeEnding): FunctionEnding {
  if (ending.kind === 'answer') {
    if (ending.errorType !== undefined) return postedError(ending.body, ending.errorType);
    if (ending.body.length <= MAX_RESPONSE_BYTES) return { outcome: 'ok', payload: ending.body };
    return failure(
      'Function.ResponseSizeTooLarge',
      `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`,
    );
  }
  if (ending.kind === 'ready') throw new Error('a runtime that is ready has not ended anything');
  if (ending.outOfMemory) {
    return failure(
      'Runtime.OutOfMemory',
      `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
    );
  }
  return failure(
    'Runtime.ExitError',
    `RequestId: ${requestId} Error: ${exitReason(ending.code, ending.signal)}`,
  );
}

export function timeoutEnding(requestId: string, timeoutMs: number): FunctionEnding {
  const seconds = (timeoutMs / 1000).toFixed(2);
  return {
    ...failure('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`),
    outcome: 'timeout',
  };
}

function failure(errorType: string, errorMessage: string): FunctionEnding {
  return {
    outcome: 'error',
    payload: Buffer.from(JSON.stringify({ errorType, errorMessage })),
    errorType,
    errorMessage,
  };
}

/** The body goes to the caller as it was posted; type and message are read out of it where it has them. */
function postedError(payload: Buffer, headerType: string): FunctionEnding {
  const { errorType = headerType, errorMessage } = errorMembers(payload);
  return { outcome: 'error', payload, errorType, ...(errorMessage === undefined ? {} : { errorMessage }) };
}

function errorMembers(payload: Buffer): { errorType?: string; errorMessage?: string } {
  try {
    const body = parseJsonWithin(payload.toString(), SHORT_LIMITS);
    if (typeof body !== 'object' || body === null) return {};
    return {
      ...('errorType' in body && typeof body.errorType === 'string' ? { errorType: body.errorType } : {}),
      ...('errorMessage' in body && typeof body.errorMessage === 'string'
        ? { errorMessage: body.errorMessage }
        : {}),
    };
  } catch {
    return {};
  }
}

function exitReason(code: number | null, signal: string | null): string {
  if (signal !== null) return `Runtime exited with error: signal: ${SIGNAL_WORDS[signal] ?? signal}`;
  if (code === 0) return 'Runtime exited without providing a reason';
  return `Runtime exited with error: exit status ${code}`;
}

const SIGNAL_WORDS: Record<string, string> = {
  SIGABRT: 'aborted',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};
