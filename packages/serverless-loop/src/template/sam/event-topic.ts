import { didYouMean } from '../nearest.ts';
import type { Resource } from '../resource.ts';
import { type Fields, type Node, scalar, textOf } from '../yaml/node.ts';
import { expandQueuedTopic, QUEUED_TOPIC_POLICY } from './event-topic-queue.ts';
import { type Expanding, made } from './made.ts';

/** SAM developer guide, "SNS". */
const PROPERTIES = [
  'FilterPolicy',
  'FilterPolicyScope',
  'RedrivePolicy',
  'Region',
  'SqsSubscription',
  'Topic',
];

/** The subscription of the function to the topic, and the permission that lets the topic invoke it. */
export function expandTopic(
  expanding: Expanding,
  { name, line, given }: { name: string; line: number; given: Fields },
  invoked: { name: Node; arn: Node },
): { resources: Resource[]; managedPolicies: string[] } {
  const { resource, complain } = expanding;
  for (const [property, value] of given.entries)
    if (!PROPERTIES.includes(property))
      complain(value.line, `Events.${name}.${property}, no such property${didYouMean(property, PROPERTIES)}`);
  const topic = given.entries.get('Topic');
  if (!topic) complain(line, `Events.${name}.Topic, expected an ARN, found nothing`);
  if (isQueued(given))
    return {
      resources: expandQueuedTopic(expanding, { name, line, given }, invoked.name),
      managedPolicies: [QUEUED_TOPIC_POLICY],
    };
  const logicalId = `${resource.logicalId}${name}`;
  const subscription = {
    Endpoint: invoked.arn,
    Protocol: scalar(line, 'lambda'),
    TopicArn: topic,
    FilterPolicy: given.entries.get('FilterPolicy'),
    FilterPolicyScope: given.entries.get('FilterPolicyScope'),
    RedrivePolicy: given.entries.get('RedrivePolicy'),
    Region: given.entries.get('Region'),
  };
  const permission = {
    Action: scalar(line, 'lambda:InvokeFunction'),
    FunctionName: invoked.name,
    Principal: scalar(line, 'sns.amazonaws.com'),
    SourceArn: topic,
  };
  return {
    resources: [
      made(resource, logicalId, 'AWS::SNS::Subscription', subscription, { line }),
      made(resource, `${logicalId}Permission`, 'AWS::Lambda::Permission', permission, { line }),
    ],
    managedPolicies: [],
  };
}

/** `false` means a subscription of the function itself. */
function isQueued({ entries }: Fields): boolean {
  const queue = entries.get('SqsSubscription');
  return queue?.kind === 'fields' || (queue !== undefined && textOf(queue) === 'true');
}
