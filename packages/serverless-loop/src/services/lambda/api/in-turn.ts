import type { JsonObject } from '../../../aws/json-object.ts';
import type { Operation } from '../../../aws/service.ts';
import type { LambdaContext } from './context.ts';

type Operations = Readonly<Record<string, Operation<LambdaContext>>>;

/** The end of the last change of each function. */
const lastChanges = new WeakMap<LambdaContext, Map<string, Promise<unknown>>>();

/**
 * Changes of one function come one after the other: each begins with what the one before has made of it, so that none is lost
 * while new code starts, and of two that make a function one does. AWS refuses the changes of code and settings that come
 * meanwhile (Lambda guide, "Lambda function states"); here they wait.
 */
export function inTurn(operations: Operations): Operations {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      operation.route?.startsWith('GET') ? operation : { ...operation, handle: waiting(operation) },
    ]),
  );
}

function waiting({ handle }: Operation<LambdaContext>): Operation<LambdaContext>['handle'] {
  return (input, context, call) => {
    const changes = lastChanges.get(context) ?? new Map<string, Promise<unknown>>();
    lastChanges.set(context, changes);
    const name = functionIn(input);
    const before = changes.get(name);
    if (!before) return begun(changes, name, handle(input, context, call));
    return begun(
      changes,
      name,
      before.then(() => handle(input, context, call)),
    );
  };
}

/** Those that come while it is under way wait for it, however it ends. */
function begun(
  changes: Map<string, Promise<unknown>>,
  name: string,
  change: JsonObject | Promise<JsonObject>,
): JsonObject | Promise<JsonObject> {
  if (!(change instanceof Promise)) return change;
  const ended: Promise<unknown> = change
    .catch(() => {})
    .then(() => {
      if (changes.get(name) === ended) changes.delete(name);
    });
  changes.set(name, ended);
  return change;
}

/** By its name alone, in whichever form a call gives it. */
function functionIn({ FunctionName, Resource }: JsonObject): string {
  const given = String(FunctionName ?? Resource ?? '');
  const [, name = given] = /function:([\w-]+)/.exec(given) ?? /^([\w-]+)/.exec(given) ?? [];
  return name;
}
