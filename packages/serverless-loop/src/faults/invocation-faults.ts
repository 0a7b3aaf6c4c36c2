import { setTimeout as pause } from 'node:timers/promises';
import type { AwsError } from '../aws/errors.ts';
import { throttledInvocation } from '../aws/throttled-invocation.ts';
import type { Report } from '../facts.ts';
import type { Fault } from './fault.ts';
import type { FaultBook } from './fault-book.ts';

/** An invocation of a function, as far as a fault has to do with it. */
interface Request {
  functionName: string;
  qualifier?: string;
  requestId: string;
  attempt: number;
  /** Takes the parts of an answer that is streamed. */
  sink?: unknown;
}

interface Result {
  payload: Buffer;
  functionError?: 'Unhandled';
  executedVersion: string;
  logTail: string;
  errorType?: string;
  errorMessage?: string;
}

export interface InvocationFaultsOptions<Asked extends Request> {
  book: FaultBook;
  report: Report;
  invoke(request: Asked): Promise<Result>;
  /** Names that a function goes by: its name and its logical id. */
  namesOf(functionName: string): string[];
}

const ERROR_TYPE = 'InjectedFault';
const ERROR_MESSAGE = 'A fault that was set in the loop.';

/** Invokes as the faults say; as ever, and without asking further, while none is set. */
export function invocationFaults<Asked extends Request>({
  book,
  report,
  invoke,
  namesOf,
}: InvocationFaultsOptions<Asked>): (request: Asked) => Promise<Result> {
  function hitBy(request: Asked) {
    const names = namesOf(request.functionName);
    const found = book.hit(
      ({ action, function: wanted }) =>
        action.startsWith('invocation-') && (wanted === undefined || names.includes(wanted)),
    );
    if (!found) return undefined;
    const { functionName, requestId } = request;
    report({
      kind: 'fault.injected',
      faultId: found.id,
      action: found.fault.action,
      functionName,
      requestId,
    });
    return found.fault;
  }

  async function disturbed(fault: Fault, request: Asked): Promise<Result> {
    switch (fault.action) {
      case 'invocation-throttle':
        throw throttled(request);
      case 'invocation-add-delay':
        await pause(fault.delayMs ?? 0);
        return invoke(request);
      case 'invocation-twice':
        // Its answer can be streamed once.
        if (request.sink === undefined) await invoke(request);
        return invoke(request);
      default: {
        const ran = fault.preventExecution === false ? await invoke(request) : undefined;
        return failed(fault, ran);
      }
    }
  }

  function throttled({ functionName, qualifier, requestId, attempt }: Request): AwsError {
    const subject = {
      functionName,
      ...(qualifier !== undefined && { qualifier }),
      executedVersion: '$LATEST',
    };
    report({ kind: 'invocation.throttled', ...subject, requestId, attempt });
    return throttledInvocation();
  }

  return (request) => {
    const fault = book.isOn ? hitBy(request) : undefined;
    return fault ? disturbed(fault, request) : invoke(request);
  };
}

function failed({ errorCode = ERROR_TYPE }: Fault, ran: Result | undefined): Result {
  return {
    executedVersion: '$LATEST',
    logTail: '',
    ...ran,
    payload: Buffer.from(JSON.stringify({ errorType: errorCode, errorMessage: ERROR_MESSAGE })),
    functionError: 'Unhandled',
    errorType: errorCode,
    errorMessage: ERROR_MESSAGE,
  };
}
