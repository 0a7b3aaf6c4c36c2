import type { FactOnWire } from '../../src/console/fact-answer.ts';

/** Calls of one kind that IAM refused, the latest of them. */
export interface RefusedCall {
  seq: number;
  time: string;
  action: string;
  resource: string;
  reason: string;
  count: number;
  /** The statement for the function's Policies that allows it, as YAML; none where a policy denies it, which no other undoes. */
  statement?: string;
}

/** A resource of the stack, as a template refers to it. */
interface Named {
  logicalId: string;
  arn: string;
}

/** The calls of a function that its role doesn't allow, each action on a resource once, the latest first. */
export function refusedCalls(
  facts: readonly FactOnWire[],
  functionName: string,
  resources: readonly Named[],
): RefusedCall[] {
  const calls = new Map<string, RefusedCall>();
  for (const fact of facts) {
    if (fact.kind !== 'call.denied' || fact.caller !== functionName) continue;
    const { seq, time, action, resource, reason } = fact;
    const key = `${action} ${resource}`;
    const count = (calls.get(key)?.count ?? 0) + 1;
    const statement = /\bdenies\b/.test(reason)
      ? {}
      : { statement: statementOf(action, resource, resources) };
    // Set anew, it stands last.
    calls.delete(key);
    calls.set(key, { seq, time, action, resource, reason, count, ...statement });
  }
  return [...calls.values()].toReversed();
}

function statementOf(action: string, resource: string, resources: readonly Named[]): string {
  return [
    '- Statement:',
    '    - Effect: Allow',
    `      Action: ${action}`,
    `      Resource: ${reference(resource, resources)}`,
    '',
  ].join('\n');
}

/** As SAM templates name it, so that the statement holds in every stack made of the template. */
function reference(arn: string, resources: readonly Named[]): string {
  const owner = resources.find((each) => arn === each.arn || /^[/:]/.test(rest(arn, each.arn)));
  if (!owner) return `'${arn.replaceAll("'", "''")}'`;
  const part = rest(arn, owner.arn);
  return part === '' ? `!GetAtt ${owner.logicalId}.Arn` : `!Sub '\${${owner.logicalId}.Arn}${part}'`;
}

function rest(arn: string, start: string): string {
  return arn.startsWith(start) ? arn.slice(start.length) : '';
}
