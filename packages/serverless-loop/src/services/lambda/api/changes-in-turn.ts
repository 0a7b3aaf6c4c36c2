import type { JsonObject } from '../../../aws/json-object.ts';
import type { Operation } from '../../../aws/service.ts';
import type { LambdaContext } from './context.ts';

type Operations = Readonly<Record<string, Operation<LambdaContext>>>;

/**
 * Changes of one function come one after the other: each begins with what the one before has made of it, so that none is lost
 * while new code starts, and of two that make a function one does. AWS refuses the changes of code and settings that come
 * meanwhile (Lambda guide, "Lambda function states"); here they wait.
 */
export function changesInTurn(operations: Operations): Operations {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      operation.route?.startsWith('GET') ? operation : { ...operation, handle: waiting(operation) },
    ]),
  );
}

function waiting({ handle }: Operation<LambdaContext>): Operation<LambdaContext>['handle'] {
  return (input, context, call) => context.inTurn(functionIn(input), () => handle(input, context, call));
}

/** By its name alone, in whichever form a call gives it. */
function functionIn({ FunctionName, Resource }: JsonObject): string {
  const given = String(FunctionName ?? Resource ?? '');
  const [, name = given] = /function:([\w-]+)/.exec(given) ?? /^([\w-]+)/.exec(given) ?? [];
  return name;
}
