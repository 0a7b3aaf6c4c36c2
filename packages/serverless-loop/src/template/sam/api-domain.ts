import type { Resource } from '../resource.ts';
import { ref } from '../yaml/call.ts';
import { entryOf, type Fields, type Node, scalar, textOf } from '../yaml/node.ts';
import { tree } from '../yaml/tree.ts';
import { asSamReads, digitsOf } from './logical-id.ts';
import { type Expanding, made, type ParameterValue } from './made.ts';

/**
 * The custom domain of a REST API: its name, what leads from it to the API and the records of it
 * (SAM developer guide, "DomainConfiguration"; the logical ids are aws-sam-translator's, `_construct_api_domain`).
 */
export function restDomain({ resource, parameterValue }: Expanding): Resource[] {
  const domain = declaredDomain(resource);
  if (!domain) return [];
  const isPrivate = textOf(domain.entries.get('EndpointConfiguration')) === 'PRIVATE';
  const version = isPrivate ? 'V2' : '';
  const id = `ApiGatewayDomainName${version}${digitsOf(nameOf(domain, parameterValue))}`;
  const endpoint =
    entryOf(domain, 'AccessAssociation') && entryOf(entryOf(domain, 'AccessAssociation'), 'VpcEndpointId');
  return [
    made(resource, id, `AWS::ApiGateway::DomainName${version}`, restSettings(resource)),
    ...mappings(
      resource,
      domain,
      {
        domainId: id,
        type: `AWS::ApiGateway::BasePathMapping${version}`,
        suffix: 'BasePathMapping',
        api: 'RestApiId',
        key: 'BasePath',
        // "When set to True, non-alphanumeric characters are removed from base paths. … Default: True".
        written: (path) =>
          textOf(domain.entries.get('NormalizeBasePath')) === 'false' ? path : lettersOf(path),
      },
      parameterValue,
    ),
    ...(endpoint
      ? [
          made(
            resource,
            `DomainNameAccessAssociation${digitsOf([asSamReads(endpoint, parameterValue), id])}`,
            'AWS::ApiGateway::DomainNameAccessAssociation',
            { AccessAssociationSource: endpoint },
          ),
        ]
      : []),
    ...records(resource, domain, true, parameterValue),
  ];
}

/** The same of an HTTP API (aws-sam-translator, ApiV2Generator). */
export function httpDomain({ resource, parameterValue }: Expanding): Resource[] {
  const domain = declaredDomain(resource);
  if (!domain) return [];
  const id = `ApiGatewayDomainNameV2${digitsOf(nameOf(domain, parameterValue))}`;
  return [
    made(resource, id, 'AWS::ApiGatewayV2::DomainName', httpSettings(resource)),
    ...mappings(
      resource,
      domain,
      {
        domainId: id,
        type: 'AWS::ApiGatewayV2::ApiMapping',
        suffix: 'ApiMapping',
        api: 'ApiId',
        key: 'ApiMappingKey',
        written: (path) => path.replace(/^\/+|\/+$/g, ''),
      },
      parameterValue,
    ),
    ...records(resource, domain, false, parameterValue),
  ];
}

interface MappingKind {
  domainId: string;
  type: string;
  suffix: string;
  api: string;
  /** The property that holds the base path. */
  key: string;
  /** The base path as SAM writes it. */
  written(path: string): string;
}

/** A certificate goes with the endpoint that shows it: a Regional one, unless the domain says `EDGE`. */
function restSettings(resource: Resource): Record<string, Node | undefined> {
  const { line } = resource;
  const entries = decidedDomain(resource);
  const type = textOf(entries.get('EndpointConfiguration')) ?? 'REGIONAL';
  const isRegional = type === 'REGIONAL';
  return {
    DomainName: entries.get('DomainName'),
    [isRegional ? 'RegionalCertificateArn' : 'CertificateArn']: entries.get('CertificateArn'),
    EndpointConfiguration: tree(line, { Types: [type], ...spread('IpAddressType', entries) }),
    ...spread('MutualTlsAuthentication', entries),
    ...spread('OwnershipVerificationCertificateArn', entries),
    ...spread('SecurityPolicy', entries),
  };
}

function httpSettings(resource: Resource): Record<string, Node | undefined> {
  const { line } = resource;
  const entries = decidedDomain(resource);
  return {
    DomainName: entries.get('DomainName'),
    DomainNameConfigurations: tree(line, [
      {
        ...spread('CertificateArn', entries),
        EndpointType: 'REGIONAL',
        ...spread('OwnershipVerificationCertificateArn', entries),
        ...spread('SecurityPolicy', entries),
      },
    ]),
    ...spread('MutualTlsAuthentication', entries),
  };
}

function spread(name: string, entries: Fields['entries']): Record<string, Node> {
  const node = entries.get(name);
  return node ? { [name]: node } : {};
}

function lettersOf(path: string): string {
  return path.replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** One of each base path, in whose logical id only letters and digits are left. */
function mappings(
  resource: Resource,
  domain: Fields,
  { domainId, type, suffix, api, key, written }: MappingKind,
  parameterValue: ParameterValue,
): Resource[] {
  const { line, logicalId } = resource;
  const given = domain.entries.get('BasePath');
  const texts = (given?.kind === 'list' ? given.items : [given]).map((item) =>
    item ? asSamReads(item, parameterValue) : undefined,
  );
  const paths = texts.filter((text) => typeof text === 'string' && text !== '').map(String);
  return (paths.length === 0 ? [''] : paths).map((path) =>
    made(resource, `${logicalId}${lettersOf(path)}${suffix}`, type, {
      ...(path !== '' && { [key]: scalar(line, written(path)) }),
      DomainName: ref(line, domainId),
      [api]: ref(line, logicalId),
      Stage: ref(line, `${logicalId}.Stage`),
    }),
  );
}

/** The records of one hosted zone are one group for all APIs, unless an API asks for its own. */
function records(
  resource: Resource,
  domain: Fields,
  mayBeSeparate: boolean,
  parameterValue: ParameterValue,
): Resource[] {
  const route53 = domain.entries.get('Route53');
  const zone = entryOf(route53, 'HostedZoneId') ?? entryOf(route53, 'HostedZoneName');
  if (!zone) return [];
  const isSeparate = mayBeSeparate && textOf(entryOf(route53, 'SeparateRecordSetGroup')) === 'true';
  const digits = isSeparate
    ? digitsOf([asSamReads(zone, parameterValue), nameOf(domain, parameterValue)])
    : digitsOf(asSamReads(zone, parameterValue));
  return [
    made(resource, `RecordSetGroup${digits}`, 'AWS::Route53::RecordSetGroup', zoneOf(route53, resource.line)),
  ];
}

function zoneOf(route53: Node | undefined, line: number): Record<string, Node | undefined> {
  return {
    HostedZoneId: entryOf(route53, 'HostedZoneId'),
    HostedZoneName: entryOf(route53, 'HostedZoneName'),
    RecordSets: tree(line, []),
  };
}

function nameOf(domain: Fields, parameterValue: ParameterValue): unknown {
  const name = domain.entries.get('DomainName');
  return name ? asSamReads(name, parameterValue) : '';
}

/** With its conditions decided, which what AWS makes is of. */
function decidedDomain({ properties }: Resource): Fields['entries'] {
  const domain = properties.entries.get('Domain');
  return domain?.kind === 'fields' ? domain.entries : new Map();
}

/** As the template has it: SAM fills in parameters, but decides no condition. */
function declaredDomain({ properties, declared = properties }: Resource): Fields | undefined {
  const domain = declared.entries.get('Domain') ?? properties.entries.get('Domain');
  return domain?.kind === 'fields' ? domain : undefined;
}
