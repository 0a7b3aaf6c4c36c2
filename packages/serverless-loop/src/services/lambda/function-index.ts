import { parseArn } from '../../aws/arn.ts';
import type { FunctionModel } from '../../template/model.ts';
import { versionOf } from './qualifier.ts';

/**
 * Finds a function as the Lambda API takes it: by name, ARN or partial ARN (`123456789012:function:name`), each with a
 * version or alias that it has, or without (Lambda API reference, "Invoke", FunctionName); by its logical id, too, which
 * only the loop knows: of several stacks' functions with one logical id it is the first one's.
 */
export function functionIndex(functions: FunctionModel[]): (nameOrArn: string) => FunctionModel | undefined {
  const byName = new Map(functions.toReversed().map((fn) => [fn.logicalId, fn] as const));
  for (const fn of functions) byName.set(fn.name, fn);
  const byArn = new Map(functions.map((fn) => [fn.arn, fn]));

  return (nameOrArn) => {
    const parts = nameOrArn.split(':');
    if (parseArn(nameOrArn)) return having(parts[7], byArn.get(parts.slice(0, 7).join(':')));
    const [first = '', kind, name = '', qualifier] = parts;
    if (kind !== 'function') return having(kind, byName.get(first));
    const found = byName.get(name);
    const isOfAccount = found !== undefined && parseArn(found.arn)?.accountId === first;
    return isOfAccount ? having(qualifier, found) : undefined;
  };
}

/** The function, if it has this version or alias. */
function having(qualifier: string | undefined, fn: FunctionModel | undefined): FunctionModel | undefined {
  return fn && versionOf(fn, qualifier) !== undefined ? fn : undefined;
}
