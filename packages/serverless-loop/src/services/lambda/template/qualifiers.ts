import { LATEST } from '../../../aws/arn.ts';
import { functionNameOf } from '../../../template/arns.ts';
import type { FunctionModel, QualifierModel } from '../../../template/model.ts';
import { didYouMean } from '../../../template/nearest.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';
import { complainAboutFunction, isFunctionName } from './permission.ts';

const ofVersion = [
  'CodeSha256',
  'Description',
  'FunctionName',
  'FunctionScalingConfig',
  'ProvisionedConcurrencyConfig',
  'RuntimePolicy',
];
const ofAlias = [
  'Description',
  'FunctionName',
  'FunctionVersion',
  'Name',
  'ProvisionedConcurrencyConfig',
  'RoutingConfig',
];

/** Gives each published version and alias to its function. AWS refuses a second version of the same code. */
export function attachQualifiers(functions: readonly FunctionModel[], world: World): void {
  for (const resource of world.ofType('AWS::Lambda::Version')) {
    const owner = ownerOf(resource, world.read(resource, ofVersion), functions, world);
    const version = world.scope.attributeOf(resource, 'Version') ?? '';
    if (!owner || owner.qualifiers.some(({ name }) => name === version)) continue;
    owner.qualifiers.push({ name: version, version, asyncInvoke: owner.asyncInvoke });
  }
  for (const resource of world.ofType('AWS::Lambda::Alias')) {
    const properties = world.read(resource, ofAlias);
    const owner = ownerOf(resource, properties, functions, world);
    if (!owner) continue;
    world.reports.emulated(resource);
    owner.qualifiers.push(readAlias(resource, properties, owner, world));
  }
}

function ownerOf(
  resource: Resource,
  properties: Properties,
  functions: readonly FunctionModel[],
  world: World,
): FunctionModel | undefined {
  const reference = properties.requiredText('FunctionName');
  const owner = functions.find(({ name }) => name === functionNameOf(reference));
  if (!owner && isFunctionName(reference, world))
    world.reports.accepted(resource, 'its function is not emulated');
  else if (!owner) complainAboutFunction(properties, reference, world);
  return owner;
}

function readAlias(
  resource: Resource,
  properties: Properties,
  { qualifiers, asyncInvoke }: FunctionModel,
  world: World,
): QualifierModel {
  const name = properties.requiredText('Name');
  const version = properties.requiredText('FunctionVersion');
  if (!/^(?!\d+$)[\w-]{1,128}$/.test(name))
    properties.complain(
      'Name',
      `expected letters, digits, - and _, and not a number, found ${JSON.stringify(name)}`,
    );
  if (qualifiers.some((other) => other.name === name))
    properties.complain('Name', `the function has an alias ${name} already`);
  const isThere = version === LATEST || qualifiers.some((other) => other.name === version);
  if (!isThere) complainAboutQualifier(properties, 'FunctionVersion', version, qualifiers);
  if (properties.has('RoutingConfig'))
    world.reports.part(
      resource,
      'RoutingConfig',
      properties.lineOf('RoutingConfig'),
      'not emulated',
      `all invocations go to version ${version}`,
    );
  return { name, version, asyncInvoke };
}

export function complainAboutQualifier(
  properties: Properties,
  property: string,
  qualifier: string,
  qualifiers: readonly QualifierModel[],
): void {
  const known = qualifiers.map(({ name }) => name);
  properties.complain(
    property,
    `expected a version or alias of the function (${[LATEST, ...known].join(', ')}), found ${JSON.stringify(qualifier)}${didYouMean(qualifier, known)}`,
  );
}
