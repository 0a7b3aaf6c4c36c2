import type { Resource } from '../resource.ts';
import { getAtt, ref } from '../yaml/call.ts';
import { describe, entryOf, fields, type Node, scalar, textOf } from '../yaml/node.ts';
import { type Expanding, made } from './made.ts';
import { allowOn } from './role.ts';

interface DestinationType {
  action: string;
  policySuffix: string;
  /** The resource that SAM makes when the template gives no ARN. */
  makes?: { suffix: string; type: string; arn(line: number, logicalId: string): Node };
}

const DESTINATION_TYPES = new Map<string, DestinationType>([
  [
    'SQS',
    {
      action: 'sqs:SendMessage',
      policySuffix: 'SQSPolicy',
      makes: { suffix: 'Queue', type: 'AWS::SQS::Queue', arn: (line, id) => getAtt(line, id, 'Arn') },
    },
  ],
  [
    'SNS',
    {
      action: 'sns:publish',
      policySuffix: 'SNSPolicy',
      makes: { suffix: 'Topic', type: 'AWS::SNS::Topic', arn: ref },
    },
  ],
  ['EventBridge', { action: 'events:PutEvents', policySuffix: 'EventBridgePolicy' }],
  ['Lambda', { action: 'lambda:InvokeFunction', policySuffix: 'LambdaPolicy' }],
  ['S3Bucket', { action: 's3:PutObject', policySuffix: 'S3Policy' }],
]);

export interface ExpandedInvokeConfig {
  resources: Resource[];
  /** Rights that the function's role needs to send to the destinations. */
  policies: Node[];
}

/** `EventInvokeConfig`: retries and destinations of asynchronous invocations. */
export function expandEventInvokeConfig(
  expanding: Expanding,
  aliasName: string | undefined,
): ExpandedInvokeConfig {
  const { resource } = expanding;
  const config = resource.properties.entries.get('EventInvokeConfig');
  if (config?.kind !== 'fields') return { resources: [], policies: [] };
  const { line } = config;
  const logicalId = `${resource.logicalId}EventInvokeConfig`;
  const destinations = ['OnSuccess', 'OnFailure'].map((name) => {
    const node = entryOf(config.entries.get('DestinationConfig'), name);
    return { name, ...(node && expandDestination(expanding, `${logicalId}${name}`, name, node)) };
  });
  const invokeConfig = made(
    resource,
    logicalId,
    'AWS::Lambda::EventInvokeConfig',
    {
      FunctionName: ref(line, resource.logicalId),
      Qualifier: scalar(line, aliasName ?? '$LATEST'),
      MaximumEventAgeInSeconds: config.entries.get('MaximumEventAgeInSeconds'),
      MaximumRetryAttempts: config.entries.get('MaximumRetryAttempts'),
      DestinationConfig: fields(
        line,
        Object.fromEntries(
          destinations.map(({ name, arn }) => [name, arn && fields(arn.line, { Destination: arn })]),
        ),
      ),
    },
    { line },
  );
  return {
    resources: [...destinations.flatMap(({ made: madeResource }) => madeResource ?? []), invokeConfig],
    policies: destinations.flatMap(({ policy }) => policy ?? []),
  };
}

function expandDestination(
  { resource, complain }: Expanding,
  logicalId: string,
  name: string,
  node: Node,
): { arn: Node; policy: Node; made?: Resource } | undefined {
  const path = `EventInvokeConfig.DestinationConfig.${name}`;
  const typeName = textOf(entryOf(node, 'Type'));
  const type = DESTINATION_TYPES.get(typeName ?? '');
  if (!type) {
    complain(
      node.line,
      `${path}.Type, expected ${[...DESTINATION_TYPES.keys()].join(', ')}, found ${describe(entryOf(node, 'Type'))}`,
    );
    return undefined;
  }
  const policyOn = (arn: Node) => allowOn(`${logicalId}${type.policySuffix}`, type.action, arn);
  const given = entryOf(node, 'Destination');
  if (given) return { arn: given, policy: policyOn(given) };
  if (!type.makes) {
    complain(
      node.line,
      `${path}.Destination, expected an ARN, found nothing (SAM makes only SQS and SNS itself)`,
    );
    return undefined;
  }
  const madeId = `${logicalId}${type.makes.suffix}`;
  const arn = type.makes.arn(node.line, madeId);
  const alsoNamed = `${resource.logicalId}.Destination${type.makes.suffix}`;
  return {
    arn,
    policy: policyOn(arn),
    made: made(resource, madeId, type.makes.type, {}, { line: node.line, alsoNamed }),
  };
}
