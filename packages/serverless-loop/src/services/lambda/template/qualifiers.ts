import { LATEST } from '../../../aws/arn.ts';
import { functionNameOf } from '../../../template/arns.ts';
import type { FunctionModel, QualifierModel } from '../../../template/model.ts';
import { didYouMean } from '../../../template/nearest.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';
import { giveUpForFunction, isFunctionName } from './named-function.ts';

const OF_VERSION = [
  'CodeSha256',
  'Description',
  'FunctionName',
  'FunctionScalingConfig',
  'ProvisionedConcurrencyConfig',
  'RuntimePolicy',
];
const OF_ALIAS = [
  'Description',
  'FunctionName',
  'FunctionVersion',
  'Name',
  'ProvisionedConcurrencyConfig',
  'RoutingConfig',
];

/** Gives each published version to its function. AWS refuses a second version of the same code. */
export function attachVersions(functions: readonly FunctionModel[], world: World): void {
  for (const resource of world.ofType('AWS::Lambda::Version')) {
    const properties = world.read(resource, OF_VERSION);
    world.reportLeftOut(resource, properties);
    const version = world.scope.attributeOf(resource, 'Version') ?? '';
    if (attachElsewhere(resource, properties, { qualifier: version, version }, functions, world)) continue;
    const owner = ownerOf(resource, properties, functions, world);
    if (!owner || owner.qualifiers.some(({ name }) => name === version)) continue;
    owner.qualifiers.push({ name: version, version, asyncInvoke: owner.asyncInvoke });
  }
}

/** Gives each alias to its function, whose versions are known. */
export function attachAliases(functions: readonly FunctionModel[], world: World): void {
  for (const resource of world.ofType('AWS::Lambda::Alias')) {
    const properties = world.read(resource, OF_ALIAS);
    const alias = () => readAlias(resource, properties, world);
    if (attachElsewhere(resource, properties, alias, functions, world)) continue;
    const owner = ownerOf(resource, properties, functions, world);
    if (!owner) continue;
    world.reports.emulated(resource);
    world.reportLeftOut(resource, properties);
    const { qualifier: name, version } = alias();
    refuseUnknown(properties, name, version, owner);
    owner.qualifiers.push({ name, version, asyncInvoke: owner.asyncInvoke });
  }
}

interface Qualifier {
  qualifier: string;
  version: string;
}

/** True when the function is one of another stack; nobody here knows which versions and aliases that has. */
function attachElsewhere(
  resource: Resource,
  properties: Properties,
  given: Qualifier | (() => Qualifier),
  functions: readonly FunctionModel[],
  world: World,
): boolean {
  const functionName = functionNameOf(properties.text('FunctionName') ?? '');
  const isOfStack =
    functions.some(({ name }) => name === functionName) || isFunctionName(functionName, world);
  if (isOfStack || !world.runsElsewhere('function', functionName)) return false;
  world.reports.emulated(resource);
  const { logicalId } = resource;
  const name = world.scope.physicalId(resource);
  const qualifier = typeof given === 'function' ? given() : given;
  world.attachments.push({ kind: 'qualifier', logicalId, name, functionName, ...qualifier });
  return true;
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
  else if (!owner) giveUpForFunction(properties, reference, world);
  return owner;
}

function readAlias(resource: Resource, properties: Properties, world: World): Qualifier {
  const name = properties.requiredText('Name');
  const version = properties.requiredText('FunctionVersion');
  if (!/^(?!\d+$)[\w-]{1,128}$/.test(name))
    properties.complain(
      'Name',
      `expected letters, digits, - and _, and not a number, found ${JSON.stringify(name)}`,
    );
  if (properties.has('RoutingConfig'))
    world.reports.part(
      resource,
      'RoutingConfig',
      properties.lineOf('RoutingConfig'),
      'not emulated',
      `all invocations go to version ${version}`,
    );
  return { qualifier: name, version };
}

function refuseUnknown(
  properties: Properties,
  name: string,
  version: string,
  { qualifiers }: FunctionModel,
): void {
  if (qualifiers.some((other) => other.name === name))
    properties.complain('Name', `the function has an alias ${name} already`);
  const isThere = version === LATEST || qualifiers.some((other) => other.name === version);
  if (!isThere) complainAboutQualifier(properties, 'FunctionVersion', version, qualifiers);
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
