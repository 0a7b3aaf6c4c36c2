import { validationError } from '../dynamodb-error.ts';
import { pathsOfCondition } from '../expressions/paths-of.ts';
import type { Condition } from '../expressions/syntax.ts';
import type { Index } from '../tables/index-entries.ts';
import { conjuncts, keyTestOf } from './split-where.ts';

/**
 * Refuses a WHERE that names a partition of an index and filters by what the index doesn't have. Without the
 * partition it is a scan, and what the index doesn't have is missing (paritysuite/dynamodb-conformance,
 * tests/tier2/partiql/indexQualifier.test.ts).
 */
export function checkFiltered(where: Condition | undefined, index: Index | undefined): void {
  const { projected } = index ?? {};
  if (!where || !index || !projected || !namesPartition(where, index)) return;
  const absent = pathsOfCondition(where)
    .map(([head]) => head)
    .filter((name) => !projected.has(name));
  if (absent.length === 0) return;
  throw validationError(
    `One or more parameter values were invalid: Secondary index ${index.name} does not project one or more filter attributes: [${inJavaOrder(absent).join(', ')}]`,
  );
}

function namesPartition(where: Condition, { key }: Index): boolean {
  const [hash] = key.hash;
  return conjuncts(where).some((condition) => {
    if (condition.kind === 'in')
      return condition.operand.kind === 'path' && condition.operand.path[0] === hash?.name;
    const test = keyTestOf(condition);
    return test?.operator === '=' && test.name === hash?.name;
  });
}

/** Up to a dozen names as Java's HashSet tells them, which is what AWS's answers show: by the low bits of their hash. */
function inJavaOrder(names: readonly string[]): string[] {
  return [...new Set(names)].sort((a, b) => bucket(a) - bucket(b));
}

function bucket(name: string): number {
  let hash = 0;
  for (let index = 0; index < name.length; index += 1)
    hash = (Math.imul(hash, 31) + name.charCodeAt(index)) | 0;
  return (hash ^ (hash >>> 16)) & 15;
}
