import { InterruptedCall, type Interruption } from '../aws/interrupted-call.ts';
import type { Call, Need } from '../aws/operation.ts';
import type { Report } from '../facts.ts';
import type { Fault } from './fault.ts';
import type { FaultBook } from './fault-book.ts';
import { errorOf } from './fault-errors.ts';

export interface CallFaultsOptions {
  book: FaultBook;
  report: Report;
  /** Names of the functions that a role is of: logical ids and names. */
  functionsOf(roleArn: string): string[];
  /** Names that a resource goes by: its ARN, its name, its logical id. */
  namesOf(arn: string): string[];
}

/** A call that is about to be done. */
export interface AboutToBeDone {
  call: Call;
  needs: readonly Need[];
  service: string;
  /** As its protocol names it; what stands before a dot is the service. */
  operation: string;
}

/** Does to a call what the faults say: throws its error, or InterruptedCall for what the gateway is to do. */
export function callFaults({ book, report, functionsOf, namesOf }: CallFaultsOptions) {
  return ({ call, needs, service: signed, operation }: AboutToBeDone): void => {
    const name = operation.slice(operation.lastIndexOf('.') + 1);
    const service = signed === '' ? (needs[0]?.action.split(':')[0] ?? '') : signed;
    const callers = call.caller.roleArn === undefined ? [] : functionsOf(call.caller.roleArn);
    const found = book.hit(
      (fault) =>
        !fault.action.startsWith('invocation-') &&
        (fault.service ?? service) === service &&
        isOperation(fault, name, needs) &&
        (fault.function === undefined || callers.includes(fault.function)) &&
        (fault.resource === undefined || isOn(fault.resource, needs)),
    );
    if (!found) return;
    const { id, fault } = found;
    const [first] = callers;
    report({
      kind: 'fault.injected',
      faultId: id,
      action: fault.action,
      service,
      operation: name,
      ...(first !== undefined && { functionName: first }),
    });
    throw errorOf(fault, service) ?? new InterruptedCall(interruptionOf(fault));
  };

  function isOn(resource: string, needs: readonly Need[]): boolean {
    return needs.some((need) => namesOf(need.resource).includes(resource));
  }
}

/** By its own name, or by an action of IAM that it needs: a batch is one of its parts, too. */
function isOperation({ operation }: Fault, name: string, needs: readonly Need[]): boolean {
  if (operation === undefined) return true;
  const wanted = operation.split(',').map((each) => each.trim());
  return wanted.some(
    (each) => each === name || needs.some(({ action }) => action.slice(action.indexOf(':') + 1) === each),
  );
}

function interruptionOf({ action, delayMs }: Fault): Interruption {
  switch (action) {
    case 'api-drop':
      return { times: 0, isUnanswered: true };
    case 'api-lost-answer':
      return { isUnanswered: true };
    case 'api-twice':
      return { times: 2 };
    default:
      return { delayMs: delayMs ?? 0 };
  }
}
