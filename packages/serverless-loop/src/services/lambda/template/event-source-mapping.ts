import { formatArn, parseArn } from '../../../aws/arn.ts';
import { functionNameOf, functionQualifierOf } from '../../../template/arns.ts';
import type { EventSourceModel, StackModels } from '../../../template/model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import type { Targets } from '../../../template/targets.ts';
import type { World } from '../../../template/world.ts';
import { BATCH_SIZES, sourceProblem, visibilityTooShort } from '../event-sources/source-settings.ts';
import { streamServiceOf } from '../event-sources/stream-kinds.ts';
import { giveUpForFunction, isFunctionName } from './named-function.ts';
import { readStreamReading } from './stream-reading.ts';

const KNOWN_PROPERTIES = [
  'AmazonManagedKafkaEventSourceConfig',
  'BatchSize',
  'BisectBatchOnFunctionError',
  'DestinationConfig',
  'DocumentDBEventSourceConfig',
  'Enabled',
  'EventSourceArn',
  'FilterCriteria',
  'FunctionName',
  'FunctionResponseTypes',
  'KmsKeyArn',
  'LoggingConfig',
  'MaximumBatchingWindowInSeconds',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'MetricsConfig',
  'ParallelizationFactor',
  'ProvisionedPollerConfig',
  'Queues',
  'ScalingConfig',
  'SelfManagedEventSource',
  'SelfManagedKafkaEventSourceConfig',
  'SourceAccessConfigurations',
  'StartingPosition',
  'StartingPositionTimestamp',
  'Tags',
  'Topics',
  'TumblingWindowInSeconds',
];

const STREAM_SERVICES = ['dynamodb', 'kinesis'];
/** Types of resources that have a stream, each with the attribute that is its ARN. */
const SOURCE_ATTRIBUTES = [
  ['AWS::DynamoDB::Table', 'StreamArn'],
  ['AWS::Kinesis::Stream', 'Arn'],
  ['AWS::Kinesis::StreamConsumer', 'ConsumerARN'],
] as const;

/** Reads each AWS::Lambda::EventSourceMapping whose source the loop has. */
export function readEventSources({ world, models, targets }: Reading): void {
  for (const resource of world.ofType('AWS::Lambda::EventSourceMapping')) {
    const properties = world.read(resource, KNOWN_PROPERTIES);
    const model = readEventSource(resource, properties, models, targets, world);
    if (!model) continue;
    const found = targets.find(properties.text('EventSourceArn') ?? '');
    if (found.kind === 'nowhere' && !model.stream) {
      const line = properties.lineOf('EventSourceArn');
      world.reports.unavailable(resource, line, `EventSourceArn, ${found.problem}`);
      continue;
    }
    const missing = missingSource(properties, targets, world);
    if (missing !== undefined) {
      world.reports.notEmulated(resource, missing);
      continue;
    }
    world.reports.emulated(resource);
    world.reportLeftOut(resource, properties);
    complainAboutVisibility(properties, model, models);
    models.eventSources.push(model);
  }
}

/** The reason why nothing here can be read from the source. */
function missingSource(properties: Properties, targets: Targets, world: World): string | undefined {
  const arn = properties.text('EventSourceArn') ?? '';
  const service = parseArn(arn)?.service;
  if (isStream(arn)) return missingStream(arn, world);
  if (service !== 'sqs')
    return `${arn ? `sources of ${service ?? arn}` : 'sources without an ARN'} are not emulated: this one never invokes its function`;
  const found = targets.find(arn);
  if (found.kind === 'queue') return undefined;
  return found.kind === 'not emulated' ? `${arn} is not emulated: nothing comes from there` : undefined;
}

function isStream(sourceArn: string): boolean {
  return STREAM_SERVICES.includes(streamServiceOf(sourceArn));
}

/** A deployment may read the streams of others: Lambda looks when it makes the mapping. */
function missingStream(arn: string, world: World): string | undefined {
  if (world.deployment) return undefined;
  const isOwn = SOURCE_ATTRIBUTES.some(([type, attribute]) =>
    world.declared(type).some((resource) => world.scope.attributeOf(resource, attribute) === arn),
  );
  return isOwn ? undefined : `${arn} is not in this template: nothing comes from there`;
}

function readEventSource(
  resource: Resource,
  properties: Properties,
  models: StackModels,
  targets: Targets,
  world: World,
): EventSourceModel | undefined {
  const functionArn = readFunctionArn(resource, properties, models, world);
  if (functionArn === undefined) return undefined;
  const sourceArn = properties.text('EventSourceArn') ?? '';
  const maximumConcurrency = properties.section('ScalingConfig')?.integer('MaximumConcurrency', 2, 1000);
  const stream = isStream(sourceArn) ? readStreamReading(resource, properties, targets, world) : undefined;
  const model = {
    logicalId: resource.logicalId,
    name: world.scope.physicalId(resource),
    line: resource.line,
    sourceArn,
    functionArn,
    enabled: properties.boolean('Enabled') ?? true,
    batchSize: properties.integer('BatchSize', 1, 10_000) ?? BATCH_SIZES[stream ? 'stream' : 'queue'],
    windowSeconds: properties.integer('MaximumBatchingWindowInSeconds', 0, 300) ?? 0,
    filters: readFilters(properties),
    reportsItemFailures: properties.texts('FunctionResponseTypes').includes('ReportBatchItemFailures'),
    ...(maximumConcurrency !== undefined && { maximumConcurrency }),
    ...(stream && { stream }),
  };
  const problem = sourceProblem(model);
  if (problem !== undefined) properties.complain('BatchSize', problem);
  return model;
}

function readFunctionArn(
  resource: Resource,
  properties: Properties,
  { functions }: StackModels,
  world: World,
): string | undefined {
  const reference = properties.requiredText('FunctionName');
  const name = functionNameOf(reference);
  const isHere = functions.some((fn) => fn.name === name);
  if (!isHere && !world.runsElsewhere('function', name)) {
    if (isFunctionName(reference, world)) world.reports.accepted(resource, 'its function is not emulated');
    else giveUpForFunction(properties, reference, world);
    return undefined;
  }
  const qualifier = functionQualifierOf(reference);
  const arn = formatArn(world.scope.place, 'lambda', `function:${name}`);
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}

function readFilters(properties: Properties): string[] {
  const filters = properties.section('FilterCriteria')?.sections('Filters') ?? [];
  return filters.flatMap((filter) => filter.text('Pattern') ?? []);
}

/** Lambda refuses to read from a queue that shows messages again while the function may still work on them. */
function complainAboutVisibility(
  properties: Properties,
  { sourceArn, functionArn }: EventSourceModel,
  { queues, functions }: StackModels,
): void {
  const queue = queues.find(({ arn }) => arn === sourceArn);
  const fn = functions.find(({ arn }) => functionArn === arn || functionArn.startsWith(`${arn}:`));
  if (!queue || !fn || queue.visibilityTimeoutSeconds * 1000 >= fn.timeoutMs) return;
  properties.complain(
    'EventSourceArn',
    visibilityTooShort(queue.visibilityTimeoutSeconds, fn.timeoutMs / 1000),
  );
}
