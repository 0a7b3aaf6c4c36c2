import type { JsonObject } from '../../../aws/json-object.ts';
import { BASE_PATH, DOMAIN_NAME, type DomainModel, type MappingModel } from '../domains/domain-model.ts';
import { badRequest, conflict, type ManagementContext, notFound } from './context.ts';

/** The domain of that name. Throws AwsError where there is none. */
export function domainOf(name: string, { domains }: ManagementContext): DomainModel {
  const domain = domains.find(name);
  // In these words to both of its APIs (github.com/amplify-education/serverless-domain-manager, issue 210; github.com/NASA-IMPACT/veda-backend, pull request 45).
  if (!domain) throw notFound('Invalid domain name identifier specified');
  return domain;
}

/** Throws AwsError for a name that can't be made a domain. */
export function refuseDomain(name: string, { domains }: ManagementContext): void {
  if (name === '') throw badRequest('No Domain Name specified');
  if (!DOMAIN_NAME.test(name)) throw badRequest(`Invalid domain name: ${name}`);
  // Its words: github.com/aws-cloudformation/cloudformation-coverage-roadmap, issue 1151.
  if (domains.has(name)) throw conflict('The domain name you provided already exists.');
}

/** Throws AwsError where the mapping leads nowhere, or its base path is another's or can't be one. */
export function refuseMapping(mapping: MappingModel, context: ManagementContext): void {
  const { domainName, basePath, apiId, stage, name } = mapping;
  // Its words, before several levels were let in: github.com/aws/aws-cdk, issue 9077.
  if (!BASE_PATH.test(basePath) || /^\/|\/$/.test(basePath))
    throw badRequest("An ApiMapping key may contain only letters, numbers and one of $-_.+!*'()/");
  const api = context.apis.list().find((each) => each.name === apiId && each.protocol !== 'URL');
  if (!api) throw badRequest('Invalid API identifier specified');
  if (stage !== undefined && !api.stages.some((each) => each.name === stage))
    throw badRequest('Invalid stage identifier specified');
  const isTaken = context.domains.mappings
    .list(domainName)
    .some((other) => other.basePath === basePath && other.name !== name);
  // github.com/aws/aws-cdk, issue 22660.
  if (isTaken) throw conflict('ApiMapping key already exists for this domain name');
}

/** Throws AwsError while a domain leads to the API (github.com/amplify-education/serverless-domain-manager, issue 406; github.com/gruntwork-io/cloud-nuke, issue 370). */
export function refuseMappedApi(
  id: string,
  kind: 'REST' | 'HTTP',
  { domains }: Pick<ManagementContext, 'domains'>,
): void {
  if (!domains.mappings.list().some(({ apiId }) => apiId === id)) return;
  throw badRequest(
    kind === 'REST'
      ? `Deleting RestApi ${id} failed. Please remove all base path mappings related to the RestApi in your domains.`
      : `Deleting API ${id} failed. Please remove all API mappings for the API from your custom domain names.`,
  );
}

/** The settings of the domain that an ARN names, `arn:aws:apigateway:<region>::/domainnames/<name>`, with what keeps others in their place. */
export function taggedDomain(
  arn: string,
  context: ManagementContext,
): { part: JsonObject; keep(part: JsonObject): void } | undefined {
  const [, name] = /^arn:[^:]+:apigateway:[^:]*::\/domainnames\/([^/]+)$/.exec(arn) ?? [];
  if (name === undefined) return undefined;
  const domain = domainOf(name, context);
  return { part: domain.settings, keep: (settings) => context.domains.put({ ...domain, settings }) };
}
