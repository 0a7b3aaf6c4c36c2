import { parseJsonWithin, SHORT_LIMITS } from '../../../aws/json-limits.ts';
import type { TargetModel } from '../../../template/model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Targets } from '../../../template/targets.ts';
import type { World } from '../../../template/world.ts';

const PARAMETERS = [
  'AppSyncParameters',
  'BatchParameters',
  'EcsParameters',
  'HttpParameters',
  'KinesisParameters',
  'RedshiftDataParameters',
  'RunCommandParameters',
  'SageMakerPipelineParameters',
  'SqsParameters',
];
const KNOWN_PROPERTIES = [
  'Arn',
  'DeadLetterConfig',
  'Id',
  'Input',
  'InputPath',
  'InputTransformer',
  'RetryPolicy',
  'RoleArn',
  ...PARAMETERS,
];
const INPUTS = ['Input', 'InputPath', 'InputTransformer'];

/** One of a rule's targets (EventBridge API, "Target"; defaults: user guide, "Retrying event delivery"). */
export function readTarget(
  section: Properties,
  resource: Resource,
  targets: Targets,
  world: World,
): TargetModel {
  section.allowOnly(KNOWN_PROPERTIES);
  const given = INPUTS.filter((name) => section.has(name));
  if (given.length > 1)
    section.complain(given[1] ?? '', `expected one of ${INPUTS.join(', ')}, found ${given.join(' and ')}`);
  const input = readInput(section);
  const inputPath = section.text('InputPath');
  const roleArn = section.text('RoleArn');
  const inputTransformer = readInputTransformer(section);
  const retry = section.section('RetryPolicy');
  retry?.allowOnly(['MaximumEventAgeInSeconds', 'MaximumRetryAttempts']);
  const id = section.requiredText('Id');
  const deadLetterArn = readDeadLetterArn(section, `${id}.DeadLetterConfig`, resource, targets, world);
  section.section('SqsParameters')?.requiredText('MessageGroupId');
  return {
    id,
    arn: section.requiredText('Arn'),
    ...(roleArn !== undefined && { roleArn }),
    ...(input !== undefined && { input }),
    ...(inputPath !== undefined && { inputPath }),
    ...(inputTransformer && { inputTransformer }),
    retryPolicy: {
      maximumRetryAttempts: retry?.integer('MaximumRetryAttempts', 0, 185) ?? 185,
      maximumEventAgeSeconds: retry?.integer('MaximumEventAgeInSeconds', 60, 86_400) ?? 86_400,
    },
    ...(deadLetterArn !== undefined && { deadLetterArn }),
    ...readParameters(section),
  };
}

/** Parameters of services, as the API has them. */
function readParameters(section: Properties): Pick<TargetModel, 'more'> {
  const given = PARAMETERS.filter((name) => section.has(name));
  const more = given.map((name) => [name, section.section(name)?.plain()] as const);
  return given.length > 0 ? { more: Object.fromEntries(more) } : {};
}

function readInput(section: Properties): string | undefined {
  const input = section.text('Input');
  if (input === undefined) return undefined;
  try {
    parseJsonWithin(input, SHORT_LIMITS);
  } catch {
    section.complain('Input', `expected JSON as text, found ${JSON.stringify(input)}`);
  }
  return input;
}

function readInputTransformer(section: Properties): TargetModel['inputTransformer'] {
  const transformer = section.section('InputTransformer');
  transformer?.allowOnly(['InputPathsMap', 'InputTemplate']);
  return (
    transformer && {
      inputPathsMap: transformer.section('InputPathsMap')?.textMap() ?? {},
      inputTemplate: transformer.requiredText('InputTemplate'),
    }
  );
}

/** A standard queue in the same Region (EventBridge user guide, "Using dead-letter queues"). */
function readDeadLetterArn(
  section: Properties,
  part: string,
  resource: Resource,
  targets: Targets,
  world: World,
): string | undefined {
  const config = section.section('DeadLetterConfig');
  const arn = config?.text('Arn');
  if (!config || arn === undefined) return undefined;
  if (arn.endsWith('.fifo')) config.complain('Arn', `expected a standard queue, found the FIFO queue ${arn}`);
  else if (targets.find(arn).kind === 'queue') return arn;
  else
    world.leaveOut(
      resource,
      part,
      config,
      'Arn',
      `expected the ARN of a queue of this template, found ${arn}`,
    );
  return undefined;
}
