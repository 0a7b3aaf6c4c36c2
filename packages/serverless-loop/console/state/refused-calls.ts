import type { FactOnWire } from '../../src/console/fact-answer.ts';

/** Calls of one kind that IAM refused, the latest of them. */
export interface RefusedCall {
  seq: number;
  time: string;
  caller: string;
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
  /** Its ARN is what a Ref gives; of the others it is the attribute Arn. */
  isRef?: boolean;
}

/** Calls that roles don't allow, of one function or of all that call; each action on a resource once, the latest first. */
export function refusedCalls(
  facts: readonly FactOnWire[],
  functionName: string | undefined,
  resources: readonly Named[],
): RefusedCall[] {
  const calls = new Map<string, RefusedCall>();
  for (const fact of facts) {
    if (fact.kind !== 'call.denied' || (functionName ?? fact.caller) !== fact.caller) continue;
    const { seq, time, caller, action, resource, reason } = fact;
    const key = `${caller} ${action} ${resource}`;
    const count = (calls.get(key)?.count ?? 0) + 1;
    const statement = /\bdenies\b/.test(reason)
      ? {}
      : { statement: statementOf(action, resource, resources) };
    // Set anew, it stands last.
    calls.delete(key);
    calls.set(key, { seq, time, caller, action, resource, reason, count, ...statement });
  }
  return [...calls.values()].toReversed();
}

/** The resources that a statement may name, with the ARNs that the stack gave them. */
export function namedResources(stack: NamedParts | undefined): Named[] {
  if (!stack) return [];
  const { tables, queues, buses, functions, resources } = stack;
  const byId = resources.flatMap(({ logicalId, type, physicalId }): Named[] => {
    if (type === 'AWS::S3::Bucket') return [{ logicalId, arn: `arn:aws:s3:::${physicalId}` }];
    return physicalId.startsWith('arn:') ? [{ logicalId, arn: physicalId, isRef: true }] : [];
  });
  return [...tables, ...queues, ...buses, ...functions, ...byId];
}

interface NamedParts extends Record<'tables' | 'queues' | 'buses' | 'functions', readonly Named[]> {
  resources: readonly { logicalId: string; type: string; physicalId: string }[];
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
  const { logicalId, isRef = false } = owner;
  if (part !== '') return `!Sub '\${${isRef ? logicalId : `${logicalId}.Arn`}}${part}'`;
  return isRef ? `!Ref ${logicalId}` : `!GetAtt ${logicalId}.Arn`;
}

function rest(arn: string, start: string): string {
  return arn.startsWith(start) ? arn.slice(start.length) : '';
}
