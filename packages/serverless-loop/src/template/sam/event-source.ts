import { didYouMean } from '../nearest.ts';
import type { Resource } from '../resource.ts';
import { entryOf, type Fields, fields, type Node, textOf } from '../yaml/node.ts';
import { type Expanding, made } from './made.ts';
import { allowOn } from './role.ts';

/** An event type that SAM turns into an event source mapping. */
export interface SourceEvent {
  /** The property that holds the source's ARN. */
  sourceProperty: string;
  /** Properties that the mapping has by the same name (SAM developer guide, "EventSource"). */
  properties: readonly string[];
  /** Lets the function's role read from the source. */
  managedPolicy: string;
}

/** Of both kinds of streams (SAM developer guide, "DynamoDB" and "Kinesis"). */
const STREAM_PROPERTIES = [
  'BatchSize',
  'BisectBatchOnFunctionError',
  'DestinationConfig',
  'Enabled',
  'FilterCriteria',
  'FunctionResponseTypes',
  'KmsKeyArn',
  'MaximumBatchingWindowInSeconds',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'MetricsConfig',
  'ParallelizationFactor',
  'StartingPosition',
  'StartingPositionTimestamp',
  'TumblingWindowInSeconds',
];

export const SOURCE_EVENTS = new Map<string, SourceEvent>([
  [
    'DynamoDB',
    {
      sourceProperty: 'Stream',
      properties: STREAM_PROPERTIES,
      managedPolicy: 'AWSLambdaDynamoDBExecutionRole',
    },
  ],
  [
    'Kinesis',
    {
      sourceProperty: 'Stream',
      properties: STREAM_PROPERTIES,
      managedPolicy: 'AWSLambdaKinesisExecutionRole',
    },
  ],
  [
    'SQS',
    {
      sourceProperty: 'Queue',
      properties: [
        'BatchSize',
        'Enabled',
        'FilterCriteria',
        'FunctionResponseTypes',
        'KmsKeyArn',
        'MaximumBatchingWindowInSeconds',
        'MetricsConfig',
        'ProvisionedPollerConfig',
        'ScalingConfig',
      ],
      managedPolicy: 'AWSLambdaSQSQueueExecutionRole',
    },
  ],
]);

/** Rights to tell a destination, by the word for its type, which SAM takes out (SAM developer guide, "OnFailure"). */
const DESTINATION_RIGHTS = new Map([
  ['SNS', { action: 'sns:publish', suffix: 'SNSPolicy' }],
  ['SQS', { action: 'sqs:SendMessage', suffix: 'SQSPolicy' }],
  ['S3', { action: 's3:PutObject', suffix: 'S3Policy' }],
]);

export interface ExpandedSource {
  mapping: Resource;
  /** Rights that the function's role needs beside those to read. */
  policies: Node[];
}

/** The mapping under the ids of function and event. */
export function expandSource(
  { resource, complain }: Expanding,
  { name, line, given }: { name: string; line: number; given: Fields },
  { sourceProperty, properties }: SourceEvent,
  functionName: Node,
): ExpandedSource {
  const known = [sourceProperty, ...properties];
  for (const [property, value] of given.entries)
    if (!known.includes(property))
      complain(value.line, `Events.${name}.${property}, no such property${didYouMean(property, known)}`);
  if (!given.entries.has(sourceProperty))
    complain(line, `Events.${name}.${sourceProperty}, expected an ARN, found nothing`);
  const logicalId = `${resource.logicalId}${name}`;
  const onFailure = entryOf(given.entries.get('DestinationConfig'), 'OnFailure');
  const mapping = made(
    resource,
    logicalId,
    'AWS::Lambda::EventSourceMapping',
    {
      FunctionName: functionName,
      EventSourceArn: given.entries.get(sourceProperty),
      ...Object.fromEntries(properties.map((property) => [property, given.entries.get(property)])),
      ...(onFailure && { DestinationConfig: withoutType(onFailure) }),
    },
    { line },
  );
  return { mapping, policies: destinationPolicies(onFailure, logicalId) };
}

function withoutType(onFailure: Node): Node {
  const { line } = onFailure;
  const destination = entryOf(onFailure, 'Destination');
  return fields(line, { OnFailure: destination && fields(line, { Destination: destination }) });
}

function destinationPolicies(onFailure: Node | undefined, logicalId: string): Node[] {
  const destination = entryOf(onFailure, 'Destination');
  const right = DESTINATION_RIGHTS.get(textOf(entryOf(onFailure, 'Type')) ?? '');
  return destination && right ? [allowOn(`${logicalId}${right.suffix}`, right.action, destination)] : [];
}
