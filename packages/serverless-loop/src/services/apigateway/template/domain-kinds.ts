import type { Identity, LeftOut } from '../../../template/kind-description.ts';
import { shortIdOf } from '../../../template/names.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';
import { DOMAIN_TYPES, domainArn, MAPPING_TYPES, mappingIdOf, targetsOf } from '../domains/domain-model.ts';
import { readApiMapping, readBasePathMapping, readHttpDomain, readRestDomain } from './domains.ts';
import { each } from './each.ts';

const [REST_DOMAIN, HTTP_DOMAIN] = DOMAIN_TYPES;
const [REST_MAPPING, HTTP_MAPPING] = MAPPING_TYPES;

const regional = {
  RegionalDomainName: (it: Identity) => targetsOf(it.name, it.place).regionalDomainName,
  RegionalHostedZoneId: (it: Identity) => targetsOf(it.name, it.place).regionalHostedZoneId,
};

const LEFT_OUT: readonly LeftOut[] = [
  ['MutualTlsAuthentication', 'accepted', 'nobody shows the loop a certificate'],
  ['RoutingMode', 'accepted', 'mappings alone say which API answers, no routing rules'],
];

/** Custom domains, and the base paths that lead from them to APIs. */
export const DOMAIN_KINDS: readonly ResourceKind[] = [
  {
    type: REST_DOMAIN,
    nameProperty: 'DomainName',
    attributes: {
      DistributionDomainName: (it) => targetsOf(it.name, it.place).distributionDomainName,
      DistributionHostedZoneId: (it) => targetsOf(it.name, it.place).distributionHostedZoneId,
      DomainNameArn: (it) => domainArn(it.name, it.place),
      ...regional,
    },
    replacedBy: ['DomainName'],
    isMain: true,
    leftOut: LEFT_OUT,
    read: each(REST_DOMAIN, readRestDomain),
  },
  {
    type: HTTP_DOMAIN,
    nameProperty: 'DomainName',
    attributes: {
      DomainName: (it) => it.name,
      DomainNameArn: (it) => domainArn(it.name, it.place),
      ...regional,
    },
    replacedBy: ['DomainName'],
    isMain: true,
    leftOut: LEFT_OUT,
    read: each(HTTP_DOMAIN, readHttpDomain),
  },
  {
    type: REST_MAPPING,
    ref: (it) => mappingIdOf(it.text('DomainName') ?? '', it.text('BasePath') ?? ''),
    attributes: {},
    replacedBy: ['BasePath', 'DomainName'],
    read: each(REST_MAPPING, readBasePathMapping),
  },
  {
    type: HTTP_MAPPING,
    ref: (it) => shortIdOf(it.name),
    attributes: { ApiMappingId: (it) => shortIdOf(it.name) },
    replacedBy: ['DomainName'],
    read: each(HTTP_MAPPING, readApiMapping),
  },
];
