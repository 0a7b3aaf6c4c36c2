import type { Problem, UnresolvedName } from './problem.ts';
import type { Reference } from './values/references.ts';

/** CloudFormation's words for the first problem that it has words for. */
export function wordsOfFirst(problems: readonly Problem[]): string | undefined {
  const first = problems.find(({ words }) => words !== undefined)?.words;
  if (typeof first !== 'object') return first;
  const names = problems.flatMap(({ words }) =>
    typeof words === 'object' && words.block === first.block && words.isLate === first.isLate
      ? words.unresolved
      : [],
  );
  return unresolvedWords([...new Set(names)], first);
}

/**
 * Several stand in one list, in an order that isn't the template's and that no page tells (kubernetes-retired/kube-aws,
 * issues 1532 and 1595); here they stand as the template has them.
 */
function unresolvedWords(names: readonly string[], { block, isLate }: UnresolvedName): string {
  const words = `Unresolved resource dependencies [${names.join(', ')}] in the ${block} block of the template`;
  return isLate ? words : `Template format error: ${words}`;
}

/**
 * CloudFormation's words for a call that names an attribute of a resource that the template never defines
 * (AWS knowledge center, "How do I resolve template validation or template format errors in CloudFormation?"; of Fn::Sub
 * no page or record of the words was found).
 */
export function undefinedResourceWords({ name, by }: Reference, logicalId: string): string {
  return by === 'Fn::Sub'
    ? `Template error: instance of Fn::Sub references invalid resource attribute ${name}`
    : `Template error: instance of Fn::GetAtt references undefined resource ${logicalId}`;
}
