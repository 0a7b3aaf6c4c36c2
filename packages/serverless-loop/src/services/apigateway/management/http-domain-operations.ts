import type { JsonObject } from '../../../aws/json-object.ts';
import { list, type Members, map, required, structure, text, timestamp } from '../../../aws/members.ts';
import { listOf as itemsOf, mapOf, wordOf, wordsOf } from '../definition/plain.ts';
import { type DomainModel, domainArn, targetsOf } from '../domains/domain-model.ts';
import { badRequest, type ManagementContext, needsOf, operation } from './context.ts';
import { domainOf, refuseDomain } from './domain-rules.ts';
import { onWire } from './http-members.ts';
import { LISTED, listOf } from './http-parts.ts';

const DOMAINS = '/v2/domainnames';
const ONE = `${DOMAINS}/{DomainName}`;

/** API Gateway V2 API reference, "DomainNames". */
const SETTINGS: Members = {
  DomainNameConfigurations: list(
    structure({
      ApiGatewayDomainName: text(),
      CertificateArn: text(),
      CertificateName: text(),
      CertificateUploadDate: timestamp({ form: 'iso' }),
      DomainNameStatus: text(),
      DomainNameStatusMessage: text(),
      EndpointType: text(),
      HostedZoneId: text(),
      IpAddressType: text(),
      OwnershipVerificationCertificateArn: text(),
      SecurityPolicy: text(),
    }),
  ),
  MutualTlsAuthentication: structure({ TruststoreUri: text(), TruststoreVersion: text() }),
  RoutingMode: text(),
};
const DOMAIN: Members = {
  ...SETTINGS,
  ApiMappingSelectionExpression: text(),
  DomainName: text(),
  DomainNameArn: text(),
  Tags: map(text()),
};
export const OF_DOMAIN: Members = { DomainName: required(text({ at: 'path' })) };

/** Custom domains, which the first API shows, too. */
export const DOMAIN_OPERATIONS = {
  CreateDomainName: operation({
    route: `POST ${DOMAINS}`,
    status: 201,
    input: onWire({ ...SETTINGS, DomainName: required(text()), Tags: map(text()) }),
    output: onWire(DOMAIN),
    needs: needsOf(`POST ${DOMAINS}`),
    handle({ DomainName, Tags, ...given }, context) {
      const name = wordOf(DomainName) ?? '';
      refuseDomain(name, context);
      const settings = { ...settingsOf(given), tags: mapOf(Tags) };
      return keep({ logicalId: name, name, settings, createdAt: context.now() }, context);
    },
  }),
  GetDomainName: operation({
    route: `GET ${ONE}`,
    input: OF_DOMAIN,
    output: onWire(DOMAIN),
    needs: needsOf(`GET ${ONE}`),
    handle: (input, context) => told(domainOf(wordOf(input.DomainName) ?? '', context), context),
  }),
  GetDomainNames: operation({
    route: `GET ${DOMAINS}`,
    input: onWire(LISTED),
    output: onWire({ Items: list(structure(DOMAIN)), NextToken: text() }),
    needs: needsOf(`GET ${DOMAINS}`),
    handle: (input, context) =>
      listOf(
        context.domains.list().map((domain) => told(domain, context)),
        'domain names',
        input,
      ),
  }),
  UpdateDomainName: operation({
    route: `PATCH ${ONE}`,
    input: { ...onWire(SETTINGS), ...OF_DOMAIN },
    output: onWire(DOMAIN),
    needs: needsOf(`PATCH ${ONE}`),
    handle({ DomainName, ...given }, context) {
      const domain = domainOf(wordOf(DomainName) ?? '', context);
      const { DomainNameConfigurations: configurations } = given;
      const changed = configurations === undefined ? tlsOf(given) : settingsOf(given);
      return keep({ ...domain, settings: { ...domain.settings, ...changed } }, context);
    },
  }),
  DeleteDomainName: operation({
    route: `DELETE ${ONE}`,
    status: 204,
    input: OF_DOMAIN,
    needs: needsOf(`DELETE ${ONE}`),
    handle(input, context) {
      context.domains.remove(domainOf(wordOf(input.DomainName) ?? '', context).name);
      return {};
    },
  }),
};

/** In the first API's words. */
function settingsOf({ DomainNameConfigurations, ...given }: JsonObject): JsonObject {
  const [first, ...others] = itemsOf(DomainNameConfigurations);
  // github.com/floci-io/floci, pull request 2390, of answers of AWS.
  if (first === undefined || others.length > 0)
    throw badRequest('Invalid input. Expected one domain name configuration');
  const { EndpointType = 'REGIONAL', SecurityPolicy = 'TLS_1_2', ...configuration } = mapOf(first);
  // github.com/amplify-education/serverless-domain-manager, issue 381.
  if (EndpointType !== 'REGIONAL' || SecurityPolicy === 'TLS_1_0')
    throw badRequest(
      'Only REGIONAL domain names with a security policy of TLS 1.2 can be managed through the API Gateway V2 API. For TLS 1.0 domain names, please use the API Gateway V1 API to upgrade your security policy to TLS 1.2. Currently, only REST APIs can be attached to a domain name with a security policy of TLS 1.0.',
    );
  const { CertificateArn, CertificateName, IpAddressType, OwnershipVerificationCertificateArn } =
    configuration;
  return {
    ...tlsOf(given),
    regionalCertificateArn: CertificateArn,
    regionalCertificateName: CertificateName,
    ownershipVerificationCertificateArn: OwnershipVerificationCertificateArn,
    securityPolicy: SecurityPolicy,
    endpointConfiguration: { types: [EndpointType], ipAddressType: IpAddressType ?? 'ipv4' },
  };
}

function tlsOf({ MutualTlsAuthentication }: JsonObject): JsonObject {
  if (MutualTlsAuthentication === undefined) return {};
  const { TruststoreUri, TruststoreVersion } = mapOf(MutualTlsAuthentication);
  return {
    mutualTlsAuthentication: { truststoreUri: TruststoreUri, truststoreVersion: TruststoreVersion },
  };
}

function keep(domain: DomainModel, context: ManagementContext): JsonObject {
  context.domains.put(domain);
  return told(domain, context);
}

function told({ name, settings, createdAt }: DomainModel, { place }: ManagementContext): JsonObject {
  const { regionalDomainName, regionalHostedZoneId } = targetsOf(name, place);
  const { types, ipAddressType = 'ipv4' } = mapOf(settings.endpointConfiguration);
  const { truststoreUri, truststoreVersion } = mapOf(settings.mutualTlsAuthentication);
  return {
    ApiMappingSelectionExpression: '$request.basepath',
    DomainName: name,
    DomainNameArn: domainArn(name, place),
    RoutingMode: 'API_MAPPING_ONLY',
    Tags: mapOf(settings.tags),
    DomainNameConfigurations: [
      {
        ApiGatewayDomainName: regionalDomainName,
        CertificateArn: settings.regionalCertificateArn ?? settings.certificateArn,
        CertificateName: settings.regionalCertificateName,
        CertificateUploadDate: createdAt,
        DomainNameStatus: 'AVAILABLE',
        EndpointType: wordsOf(types)[0] ?? 'REGIONAL',
        HostedZoneId: regionalHostedZoneId,
        IpAddressType: ipAddressType,
        OwnershipVerificationCertificateArn: settings.ownershipVerificationCertificateArn,
        SecurityPolicy: settings.securityPolicy ?? 'TLS_1_2',
      },
    ],
    ...(settings.mutualTlsAuthentication !== undefined && {
      MutualTlsAuthentication: { TruststoreUri: truststoreUri, TruststoreVersion: truststoreVersion },
    }),
  };
}
