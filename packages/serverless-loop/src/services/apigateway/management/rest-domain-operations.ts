import type { JsonObject } from '../../../aws/json-object.ts';
import { list, type Members, map, required, structure, text, timestamp } from '../../../aws/members.ts';
import { mapOf, wordOf, wordsOf } from '../definition/plain.ts';
import { type DomainModel, domainArn, targetsOf } from '../domains/domain-model.ts';
import { badRequest, type ManagementContext, needsOf, operation } from './context.ts';
import { domainOf, refuseDomain } from './domain-rules.ts';
import { PATCH_OPERATIONS, patched, patchesOf } from './patch.ts';
import { LISTED, restList, restPage } from './rest-parts.ts';

const DOMAINS = '/domainnames';
const ONE = `${DOMAINS}/{domainName}`;

/** API Gateway API reference, "CreateDomainName"; those that patches change, too. */
const SETTINGS: Members = {
  certificateName: text(),
  certificateArn: text(),
  regionalCertificateName: text(),
  regionalCertificateArn: text(),
  endpointConfiguration: structure({
    types: list(text()),
    ipAddressType: text(),
    vpcEndpointIds: list(text()),
  }),
  securityPolicy: text(),
  endpointAccessMode: text(),
  mutualTlsAuthentication: structure({ truststoreUri: text(), truststoreVersion: text() }),
  ownershipVerificationCertificateArn: text(),
  policy: text(),
  routingMode: text(),
};

const DOMAIN: Members = {
  ...SETTINGS,
  domainName: text(),
  domainNameArn: text(),
  certificateUploadDate: timestamp(),
  regionalDomainName: text(),
  regionalHostedZoneId: text(),
  distributionDomainName: text(),
  distributionHostedZoneId: text(),
  domainNameStatus: text(),
  tags: map(text()),
};

export const OF_DOMAIN: Members = {
  domainName: required(text({ at: 'path' })),
  domainNameId: text({ at: 'query' }),
};

/** Custom domains, which the second API shows, too. */
export const DOMAIN_OPERATIONS = {
  CreateDomainName: operation({
    route: `POST ${DOMAINS}`,
    status: 201,
    input: {
      ...SETTINGS,
      domainName: required(text()),
      certificateBody: text(),
      certificatePrivateKey: text(),
      certificateChain: text(),
      tags: map(text()),
    },
    output: DOMAIN,
    needs: needsOf(`POST ${DOMAINS}`),
    handle(input, context) {
      // A private key is not to be kept by what never uses it.
      const {
        domainName,
        certificateBody: _,
        certificatePrivateKey: __,
        certificateChain: ___,
        ...given
      } = input;
      const name = wordOf(domainName) ?? '';
      refuseDomain(name, context);
      const settings = {
        tags: {},
        ...given,
        endpointConfiguration: {
          types: ['EDGE'],
          ipAddressType: 'ipv4',
          ...mapOf(given.endpointConfiguration),
        },
      };
      return keep({ logicalId: name, name, settings, createdAt: context.now() }, context);
    },
  }),
  GetDomainName: operation({
    route: `GET ${ONE}`,
    input: OF_DOMAIN,
    output: DOMAIN,
    needs: needsOf(`GET ${ONE}`),
    handle: (input, context) => told(domainOf(wordOf(input.domainName) ?? '', context), context),
  }),
  GetDomainNames: operation({
    route: `GET ${DOMAINS}`,
    input: { ...LISTED, resourceOwner: text({ at: 'query' }) },
    output: restList(DOMAIN),
    needs: needsOf(`GET ${DOMAINS}`),
    handle: (input, context) =>
      restPage(
        context.domains.list().map((domain) => told(domain, context)),
        'domain names',
        input,
      ),
  }),
  UpdateDomainName: operation({
    route: `PATCH ${ONE}`,
    input: { ...OF_DOMAIN, patchOperations: PATCH_OPERATIONS },
    output: DOMAIN,
    needs: needsOf(`PATCH ${ONE}`),
    handle(input, context) {
      const domain = domainOf(wordOf(input.domainName) ?? '', context);
      const patches = patchesOf(input.patchOperations);
      const settings = patched(domain.settings, SETTINGS, patches);
      if (wordsOf(mapOf(settings.endpointConfiguration).types).length === 0)
        throw badRequest('At least one endpoint type is required');
      return keep({ ...domain, settings }, context);
    },
  }),
  DeleteDomainName: operation({
    route: `DELETE ${ONE}`,
    status: 202,
    input: OF_DOMAIN,
    needs: needsOf(`DELETE ${ONE}`),
    handle(input, context) {
      context.domains.remove(domainOf(wordOf(input.domainName) ?? '', context).name);
      return {};
    },
  }),
};

function keep(domain: DomainModel, context: ManagementContext): JsonObject {
  context.domains.put(domain);
  return told(domain, context);
}

/** A Regional domain has a name of its own at API Gateway, an edge-optimized one at CloudFront. */
function told({ name, settings, createdAt }: DomainModel, { place }: ManagementContext): JsonObject {
  const targets = targetsOf(name, place);
  const types = wordsOf(mapOf(settings.endpointConfiguration).types);
  const { regionalDomainName, regionalHostedZoneId, ...distribution } = targets;
  return {
    securityPolicy: 'TLS_1_2',
    routingMode: 'BASE_PATH_MAPPING_ONLY',
    ...settings,
    domainName: name,
    domainNameArn: domainArn(name, place),
    domainNameStatus: 'AVAILABLE',
    ...(createdAt !== undefined && { certificateUploadDate: createdAt }),
    ...(types.includes('EDGE') ? distribution : { regionalDomainName, regionalHostedZoneId }),
  };
}
