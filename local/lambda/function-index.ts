import { parseArn } from '../aws/arn.ts';
import type { FunctionModel } from '../template/model.ts';

/**
 * Finds a function as the Lambda API takes it: by name, ARN or partial ARN (`123456789012:function:name`), each with a
 * qualifier or not (Lambda API reference, "Invoke", FunctionName); by its logical id, too, which only the loop knows: of
 * several stacks' functions with one logical id it is the first one's.
 */
export function functionIndex(functions: FunctionModel[]): (nameOrArn: string) => FunctionModel | undefined {
  const byName = new Map(functions.toReversed().map((fn) => [fn.logicalId, fn] as const));
  for (const fn of functions) byName.set(fn.name, fn);
  const byArn = new Map(functions.map((fn) => [fn.arn, fn]));

  return (nameOrArn) => {
    if (parseArn(nameOrArn)) return byArn.get(nameOrArn.split(':').slice(0, 7).join(':'));
    const [first = '', kind, name] = nameOrArn.split(':');
    if (kind !== 'function') return byName.get(first);
    const found = name === undefined ? undefined : byName.get(name);
    return found !== undefined && parseArn(found.arn)?.accountId === first ? found : undefined;
  };
}
