import type { Resource } from '../resource.ts';
import { getAtt, ref } from '../yaml/call.ts';
import { entryOf, type Fields, fields, list, type Node, scalar } from '../yaml/node.ts';
import { type Expanding, made } from './made.ts';

/** Reads the queue for the function. */
export const QUEUED_TOPIC_POLICY = 'AWSLambdaSQSQueueExecutionRole';
/** SAM's own, in place of Lambda's (SAM developer guide, "SqsSubscriptionObject"). */
const BATCH_SIZE = 10;

/**
 * An SNS event with a queue in between: `true` makes a queue, a map names one (SAM developer guide, "SNS", SqsSubscription).
 * The topic sends to the queue, and the function reads it.
 */
export function expandQueuedTopic(
  { resource, complain }: Expanding,
  { name, line, given }: { name: string; line: number; given: Fields },
  functionName: Node,
): Resource[] {
  const logicalId = `${resource.logicalId}${name}`;
  const existing = given.entries.get('SqsSubscription');
  const isExisting = existing?.kind === 'fields';
  const queueArn = isExisting ? entryOf(existing, 'QueueArn') : getAtt(line, `${logicalId}Queue`, 'Arn');
  const queueUrl = isExisting ? entryOf(existing, 'QueueUrl') : ref(line, `${logicalId}Queue`);
  if (!queueArn || !queueUrl) {
    complain(line, `Events.${name}.SqsSubscription, expected QueueArn and QueueUrl`);
    return [];
  }
  const topic = given.entries.get('Topic');
  const subscription = {
    Endpoint: queueArn,
    Protocol: scalar(line, 'sqs'),
    TopicArn: topic,
    ...Object.fromEntries(
      ['FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy', 'Region'].map((property) => [
        property,
        given.entries.get(property),
      ]),
    ),
  };
  const mapping = {
    BatchSize: entryOf(existing, 'BatchSize') ?? scalar(line, BATCH_SIZE),
    Enabled: entryOf(existing, 'Enabled') ?? scalar(line, true),
    EventSourceArn: queueArn,
    FunctionName: functionName,
  };
  const policyId = isExisting ? entryOf(existing, 'QueuePolicyLogicalId') : undefined;
  const policy = {
    Queues: list(line, [queueUrl]),
    PolicyDocument: fields(line, { Statement: mayBeSentTo(line, queueArn, topic) }),
  };
  return [
    ...(isExisting ? [] : [made(resource, `${logicalId}Queue`, 'AWS::SQS::Queue', {}, { line })]),
    made(
      resource,
      policyId?.kind === 'scalar' ? policyId.text : `${logicalId}QueuePolicy`,
      'AWS::SQS::QueuePolicy',
      policy,
      { line },
    ),
    made(resource, logicalId, 'AWS::SNS::Subscription', subscription, { line }),
    made(resource, `${logicalId}EventSourceMapping`, 'AWS::Lambda::EventSourceMapping', mapping, { line }),
  ];
}

function mayBeSentTo(line: number, queueArn: Node, topicArn: Node | undefined): Node {
  return fields(line, {
    Effect: scalar(line, 'Allow'),
    Action: scalar(line, 'sqs:SendMessage'),
    Principal: scalar(line, '*'),
    Resource: queueArn,
    Condition: fields(line, { ArnEquals: fields(line, { 'aws:SourceArn': topicArn }) }),
  });
}
