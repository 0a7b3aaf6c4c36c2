import { lowerFirst } from '../../../aws/first-letter.ts';
import { shortIdOf } from '../../../template/names.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import { readTags } from '../../../template/resource-tags.ts';
import {
  BASE_PATH,
  DOMAIN_NAME,
  type DomainModel,
  type MappingModel,
  mappingIdOf,
  mappingsOf,
  NO_BASE_PATH,
} from '../domains/domain-model.ts';

const DOMAIN_PROPERTIES = [
  'CertificateArn',
  'DomainName',
  'EndpointAccessMode',
  'EndpointConfiguration',
  'MutualTlsAuthentication',
  'OwnershipVerificationCertificateArn',
  'RegionalCertificateArn',
  'RoutingMode',
  'SecurityPolicy',
  'Tags',
];

/** AWS::ApiGateway::DomainName. */
export function readRestDomain(resource: Resource, reading: Reading): void {
  const properties = reading.world.read(resource, DOMAIN_PROPERTIES);
  const endpoint = properties.section('EndpointConfiguration');
  addDomain(resource, properties, reading, {
    ...textsOf(properties, [
      'CertificateArn',
      'OwnershipVerificationCertificateArn',
      'RegionalCertificateArn',
      'SecurityPolicy',
    ]),
    endpointConfiguration: {
      types: endpoint?.has('Types') ? endpoint.texts('Types') : ['EDGE'],
      ipAddressType: endpoint?.text('IpAddressType') ?? 'ipv4',
    },
    tags: readTags(properties),
  });
}

/** AWS::ApiGatewayV2::DomainName, which has one configuration. */
export function readHttpDomain(resource: Resource, reading: Reading): void {
  const known = ['DomainName', 'DomainNameConfigurations', 'MutualTlsAuthentication', 'RoutingMode', 'Tags'];
  const properties = reading.world.read(resource, known);
  const [configuration] = properties.sections('DomainNameConfigurations');
  const { CertificateArn: regionalCertificateArn, ...others } = configuration
    ? {
        CertificateArn: configuration.text('CertificateArn'),
        ...textsOf(configuration, ['OwnershipVerificationCertificateArn', 'SecurityPolicy']),
      }
    : {};
  addDomain(resource, properties, reading, {
    ...(regionalCertificateArn !== undefined && { regionalCertificateArn }),
    ...others,
    endpointConfiguration: {
      types: [configuration?.text('EndpointType') ?? 'REGIONAL'],
      ipAddressType: configuration?.text('IpAddressType') ?? 'ipv4',
    },
    tags: properties.section('Tags')?.textMap() ?? {},
  });
}

/** AWS::ApiGateway::BasePathMapping, whose base path is of one level. */
export function readBasePathMapping(resource: Resource, reading: Reading): void {
  const properties = reading.world.read(resource, ['BasePath', 'DomainName', 'Id', 'RestApiId', 'Stage']);
  const basePath = properties.text('BasePath') ?? '';
  if (basePath.includes('/'))
    properties.complain(
      'BasePath',
      `expected a base path of one level, found ${JSON.stringify(basePath)}: AWS::ApiGatewayV2::ApiMapping takes several`,
    );
  const domainName = properties.requiredText('DomainName');
  const own = basePath === NO_BASE_PATH ? '' : basePath;
  addMapping(resource, properties, reading, {
    logicalId: resource.logicalId,
    name: mappingIdOf(domainName, own),
    domainName,
    basePath: own,
    apiId: properties.text('RestApiId') ?? '',
    ...stageOf(properties),
  });
}

/** AWS::ApiGatewayV2::ApiMapping. */
export function readApiMapping(resource: Resource, reading: Reading): void {
  const { world } = reading;
  const properties = world.read(resource, ['ApiId', 'ApiMappingKey', 'DomainName', 'Stage']);
  addMapping(resource, properties, reading, {
    logicalId: resource.logicalId,
    name: shortIdOf(world.scope.nameOf(resource)),
    domainName: properties.requiredText('DomainName'),
    basePath: properties.text('ApiMappingKey') ?? '',
    apiId: properties.requiredText('ApiId'),
    ...stageOf(properties),
  });
}

function addDomain(
  resource: Resource,
  properties: Properties,
  { world, models }: Reading,
  settings: DomainModel['settings'],
): void {
  world.reportLeftOut(resource, properties);
  const { logicalId, type } = resource;
  const name = world.scope.nameOf(resource);
  // Templates have such names in place of the real one, and run all the same.
  if (!DOMAIN_NAME.test(name)) {
    properties.giveUp(
      'DomainName',
      `expected a domain name such as api.example.com, found ${JSON.stringify(name)}`,
    );
    return;
  }
  world.reports.emulated(resource);
  const model: DomainModel = { logicalId, name, settings };
  models.others.push({ type, model });
}

function addMapping(
  resource: Resource,
  properties: Properties,
  { world, models }: Reading,
  model: MappingModel,
): void {
  const { basePath, domainName } = model;
  world.reports.emulated(resource);
  if (!BASE_PATH.test(basePath))
    properties.complain(
      properties.has('BasePath') ? 'BasePath' : 'ApiMappingKey',
      `expected at most 300 letters, numbers and $-_.+!*'()/, found ${JSON.stringify(basePath)}`,
    );
  const other = mappingsOf(models).find(
    (each) => each.basePath === basePath && each.domainName === domainName,
  );
  if (other)
    properties.complain('DomainName', `${domainName}/${basePath} is mapped by ${other.logicalId} already`);
  models.others.push({ type: resource.type, model });
}

function stageOf(properties: Properties): Pick<MappingModel, 'stage'> {
  const stage = properties.text('Stage');
  return stage === undefined ? {} : { stage };
}

/** Their values under the names that the API has: `CertificateArn` is `certificateArn`. */
function textsOf(properties: Properties, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = properties.text(name);
      return value === undefined ? [] : [[lowerFirst(name), value]];
    }),
  );
}
