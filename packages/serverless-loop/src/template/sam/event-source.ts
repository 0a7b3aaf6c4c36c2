import { didYouMean } from '../nearest.ts';
import type { Resource } from '../resource.ts';
import type { Fields, Node } from '../yaml/node.ts';
import { type Expanding, made } from './made.ts';

/** An event type that SAM turns into an event source mapping. */
export interface SourceEvent {
  /** The property that holds the source's ARN. */
  sourceProperty: string;
  /** Properties that the mapping has by the same name (SAM developer guide, "EventSource"). */
  properties: readonly string[];
  /** Lets the function's role read from the source. */
  managedPolicy: string;
}

export const sourceEvents = new Map<string, SourceEvent>([
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

/** The mapping under the ids of function and event. */
export function expandSource(
  { resource, complain }: Expanding,
  { name, line, given }: { name: string; line: number; given: Fields },
  { sourceProperty, properties }: SourceEvent,
  functionName: Node,
): Resource {
  const known = [sourceProperty, ...properties];
  for (const [property, value] of given.entries)
    if (!known.includes(property))
      complain(value.line, `Events.${name}.${property}, no such property${didYouMean(property, known)}`);
  if (!given.entries.has(sourceProperty))
    complain(line, `Events.${name}.${sourceProperty}, expected an ARN, found nothing`);
  return made(
    resource,
    `${resource.logicalId}${name}`,
    'AWS::Lambda::EventSourceMapping',
    {
      FunctionName: functionName,
      EventSourceArn: given.entries.get(sourceProperty),
      ...Object.fromEntries(properties.map((property) => [property, given.entries.get(property)])),
    },
    { line },
  );
}
