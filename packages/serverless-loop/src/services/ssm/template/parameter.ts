import { AwsError } from '../../../aws/errors.ts';
import { readOwn } from '../../../template/read-own.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import type { World } from '../../../template/world.ts';
import { TIERS } from '../parameter.ts';
import type { ParameterModel } from '../parameter-model.ts';
import { checkName, checkSettings } from '../parameter-rules.ts';

/** CloudFormation makes no secure strings (template reference, "AWS::SSM::Parameter", Type). */
const TYPES = ['String', 'StringList'] as const;

const KNOWN = [
  'AllowedPattern',
  'DataType',
  'Description',
  'Name',
  'Policies',
  'Tags',
  'Tier',
  'Type',
  'Value',
];

/** Reads each AWS::SSM::Parameter. */
export function readParameters(reading: Reading): void {
  readOwn(reading, 'AWS::SSM::Parameter', readParameter);
}

function readParameter(resource: Resource, world: World): ParameterModel {
  const properties = world.read(resource, KNOWN);
  world.reports.emulated(resource);
  world.reportLeftOut(resource, properties);
  const description = properties.text('Description');
  const allowedPattern = properties.text('AllowedPattern');
  const model: ParameterModel = {
    logicalId: resource.logicalId,
    name: world.name(resource, properties, 'Name', /^[^\s]{1,2048}$/),
    type: word(properties.text('Type'), TYPES, (message) => properties.complain('Type', message)) ?? 'String',
    value: properties.requiredText('Value'),
    ...(description !== undefined && { description }),
    ...(allowedPattern !== undefined && { allowedPattern }),
    tier:
      word(properties.text('Tier'), TIERS, (message) => properties.complain('Tier', message)) ?? 'Standard',
    dataType: properties.text('DataType') ?? 'text',
    tags: properties.section('Tags')?.textMap() ?? {},
  };
  try {
    checkName(model.name, world.scope.place);
    checkSettings({ ...model, version: 1, modifiedAt: 0, modifiedBy: '', labels: new Set() }, undefined);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    // Parameter Store would say it when the parameter is made.
    properties.complain('Name', error.message);
  }
  return model;
}

function word<Word extends string>(
  text: string | undefined,
  words: readonly Word[],
  complain: (message: string) => void,
): Word | undefined {
  const found = words.find((candidate) => candidate === text);
  if (text !== undefined && found === undefined)
    complain(`expected one of ${words.join(', ')}, found ${text}`);
  return found;
}
