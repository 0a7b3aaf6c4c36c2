import { refuse } from './dialect.ts';
import type { Eventual } from './eventual.ts';
import type { JsonObject } from './json-object.ts';
import type { Problem } from './member-problem.ts';
import type { Call, DescribedOperation, Need } from './operation.ts';
import { membersReader, type ReadMembers } from './read-members.ts';
import type { Operation, ServiceDescription } from './service-description.ts';

/** The operations of a service by their names, whatever protocol they come by. Throws TypeError for a description that can't work. */
export function describedOperations<Context>(
  service: ServiceDescription<Context>,
  context: Context,
): Record<string, DescribedOperation> {
  return Object.fromEntries(
    Object.entries(service.operations).map(([name, operation]) => {
      refuseUnworkable(service, name, operation);
      return [name, describeOperation(service, name, operation, context)];
    }),
  );
}

/** Refuses a table that can't work, in TypeScript or not: no call is to find out what can't be called. */
export function refuseUnworkable<Context>(
  { signingName }: ServiceDescription<Context>,
  name: string,
  operation: Operation<Context>,
): void {
  const { input, handle, needs } = operation;
  if (!/^[A-Z]\w*$/.test(name)) throw new TypeError(`${signingName} has an operation by the name "${name}".`);
  if (input?.kind !== 'structure')
    throw new TypeError(`${name} of ${signingName} doesn't say what it reads.`);
  if (typeof handle !== 'function' || typeof needs !== 'function')
    throw new TypeError(`${name} of ${signingName} is described, and does nothing.`);
}

/** An operation's steps on its context. */
export function describeOperation<Context>(
  { signingName, iamPrefix = signingName, dialect, speaksForItself }: ServiceDescription<Context>,
  name: string,
  operation: Operation<Context>,
  context: Context,
): DescribedOperation {
  const { input, output, handle } = operation;
  const action = `${iamPrefix}:${operation.action ?? name}`;
  // A loop starts with hundreds of operations, of which few are called.
  let reader: ReadMembers | undefined;
  const read: ReadMembers = (given, problems) => {
    reader ??= membersReader(input, dialect.emptyText);
    return reader(given, problems);
  };
  return {
    input,
    ...(output && !speaksForItself && { output }),
    ...(!output && { hasNoOutput: true }),
    read(given) {
      const problems: Problem[] = [];
      return { given, input: speaksForItself ? given : read(given, problems), problems };
    },
    needs: (reading) =>
      operation
        .needs(reading.input, context)
        .map((need) => (typeof need === 'string' ? { action, resource: need } : need)),
    answer(reading, call) {
      refuse(reading.problems, dialect);
      return handle(reading.input, context, call);
    },
  };
}

/**
 * Runs a call: reads, authorizes, acts. `authorize` throws AwsError when the caller may not. Throws AwsError, or rejects with
 * one, for whatever else is the caller's fault.
 */
export function runOperation(
  operation: DescribedOperation,
  given: JsonObject,
  call: Call,
  authorize: (needs: Need[]) => void,
): Eventual<JsonObject> {
  const reading = operation.read(given);
  authorize(operation.needs(reading));
  return operation.answer(reading, call);
}
