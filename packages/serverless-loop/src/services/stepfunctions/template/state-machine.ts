import type { Properties } from '../../../template/properties.ts';
import { readOwn } from '../../../template/read-own.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import { readTags } from '../../../template/resource-tags.ts';
import { readRoleArn } from '../../../template/role-arn.ts';
import type { World } from '../../../template/world.ts';
import {
  LOG_LEVELS,
  type MachineLogging,
  NO_LOGGING,
  type StateMachineModel,
} from '../machines/state-machine.ts';
import { readDefinition } from './definition.ts';

const KNOWN = [
  'Definition',
  'DefinitionS3Location',
  'DefinitionString',
  'DefinitionSubstitutions',
  'EncryptionConfiguration',
  'LoggingConfiguration',
  'RoleArn',
  'StateMachineName',
  'StateMachineType',
  'Tags',
  'TracingConfiguration',
];

/** Reads each AWS::StepFunctions::StateMachine. */
export function readStateMachines(reading: Reading): void {
  readOwn(reading, 'AWS::StepFunctions::StateMachine', readStateMachine);
}

function readStateMachine(resource: Resource, world: World): StateMachineModel | undefined {
  const properties = world.read(resource, KNOWN);
  world.reports.emulated(resource);
  world.reportLeftOut(resource, properties);
  const definition = readDefinition(resource, properties, world);
  if (definition === undefined) return undefined;
  return {
    logicalId: resource.logicalId,
    name: world.name(resource, properties, 'StateMachineName', /^[\w.()!=+@'-]{1,80}$/),
    arn: world.arn(resource),
    type: properties.oneOf('StateMachineType', ['STANDARD', 'EXPRESS']) ?? 'STANDARD',
    definition,
    roleArn: readRoleArn(properties, resource, world),
    logging: readLogging(properties),
    isTraced: properties.section('TracingConfiguration')?.boolean('Enabled') ?? false,
    tags: readTags(properties),
  };
}

function readLogging(properties: Properties): MachineLogging {
  const section = properties.section('LoggingConfiguration');
  if (!section) return NO_LOGGING;
  const [destination] = section.sections('Destinations');
  const logGroupArn = destination?.section('CloudWatchLogsLogGroup')?.text('LogGroupArn');
  return {
    level: section.oneOf('Level', LOG_LEVELS) ?? 'OFF',
    includesData: section.boolean('IncludeExecutionData') ?? false,
    ...(logGroupArn !== undefined && { logGroupArn }),
  };
}
