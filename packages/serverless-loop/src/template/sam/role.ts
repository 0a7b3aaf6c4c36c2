import type { Resource } from '../resource.ts';
import { entryOf, fields, list, type Node, scalar, textOf } from '../yaml/node.ts';
import { type Expanding, made } from './made.ts';
import { expandPolicies, inlinePolicy, texts } from './policies.ts';

/** True when SAM makes a role for resources of the type, unless they have one. */
export function isMadeWithRole(type: string): boolean {
  return type === 'AWS::Serverless::Function' || type === 'AWS::Serverless::StateMachine';
}

/** `FRole`, with all that SAM lets the function do; none when the template gives a Role itself. */
export function expandRole(
  { resource, complain }: Expanding,
  destinationPolicies: readonly Node[],
  eventPolicies: readonly string[],
): Resource[] {
  const { entries } = resource.properties;
  if (entries.has('Role')) return [];
  const { line } = resource;
  const logicalId = `${resource.logicalId}Role`;
  const tracing = entries.get('Tracing');
  const builtIn = [
    'AWSLambdaBasicExecutionRole',
    ...(tracing && isTraced(tracing) ? ['AWSXrayWriteOnlyAccess'] : []),
    ...(entries.has('VpcConfig') ? ['AWSLambdaVPCAccessExecutionRole'] : []),
    ...eventPolicies,
  ];
  const policies = expandPolicies(entries.get('Policies'), logicalId, complain);
  return [
    made(resource, logicalId, 'AWS::IAM::Role', {
      AssumeRolePolicyDocument:
        entries.get('AssumeRolePolicyDocument') ?? mayAssume(line, 'lambda.amazonaws.com'),
      ManagedPolicyArns: list(line, [...builtIn.map((name) => scalar(line, name)), ...policies.managed]),
      Path: entries.get('RolePath'),
      PermissionsBoundary: entries.get('PermissionsBoundary'),
      Policies: list(line, [...deadLetterPolicy(resource), ...destinationPolicies, ...policies.inline]),
    }),
  ];
}

/** `Disabled` is SAM's word for no tracing at all. */
export function isTraced(tracing: Node): boolean {
  return textOf(tracing) !== 'Disabled';
}

/** A trust policy that lets a service assume the role. */
export function mayAssume(line: number, service: string): Node {
  return fields(line, {
    Statement: fields(line, {
      Effect: scalar(line, 'Allow'),
      Action: texts(line, ['sts:AssumeRole']),
      Principal: fields(line, { Service: texts(line, [service]) }),
    }),
  });
}

function deadLetterPolicy(resource: Resource): Node[] {
  const queue = resource.properties.entries.get('DeadLetterQueue');
  const target = entryOf(queue, 'TargetArn');
  if (!target) return [];
  const action = textOf(entryOf(queue, 'Type')) === 'SNS' ? 'sns:Publish' : 'sqs:SendMessage';
  return [allowOn('DeadLetterQueuePolicy', action, target)];
}

/** An inline policy that allows one action on one resource. */
export function allowOn(policyName: string, action: string, target: Node): Node {
  const { line } = target;
  return inlinePolicy(
    policyName,
    fields(line, {
      Statement: fields(line, {
        Effect: scalar(line, 'Allow'),
        Action: scalar(line, action),
        Resource: target,
      }),
    }),
  );
}
