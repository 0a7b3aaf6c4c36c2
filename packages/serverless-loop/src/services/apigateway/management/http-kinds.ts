import type { JsonObject } from '../../../aws/json-object.ts';
import { boolean, map, text, timestamp } from '../../../aws/members.ts';
import { mapOf, wordMapOf, wordOf } from '../definition/plain.ts';
import { mappingProblem, responseParametersOf } from '../definition/response-parameters.ts';
import { badRequest, conflict, newId } from './context.ts';
import type { HttpApi } from './http-api.ts';
import {
  AUTHORIZER_SETTINGS,
  DEPLOYMENT,
  INTEGRATION_SETTINGS,
  ROUTE_SETTINGS,
  STAGE_SETTINGS,
} from './http-members.ts';
import type { PartKind } from './http-parts.ts';

const ROUTE_KEY = /^(\$default|(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY) \/\S*)$/;

const MANAGED = { ApiGatewayManaged: boolean() } as const;

export const ROUTE: PartKind = {
  name: 'Route',
  collection: 'routes',
  id: 'RouteId',
  settings: ROUTE_SETTINGS,
  needed: ['RouteKey'],
  told: MANAGED,
  settled(part, api) {
    const key = wordOf(part.RouteKey) ?? '';
    if (!ROUTE_KEY.test(key))
      throw badRequest(
        `The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"`,
      );
    const isThere = [...api.routes.values()].some(
      (other) => other.RouteKey === key && other.RouteId !== part.RouteId,
    );
    if (isThere) throw conflict(`Route with key ${key} already exists for this API`);
    const integrationId = wordOf(part.Target)?.replace(/^integrations\//, '');
    if (integrationId !== undefined && !api.integrations.has(integrationId))
      throw badRequest(`Invalid Integration identifier specified: ${part.Target}`);
    const { AuthorizationType = 'NONE', AuthorizerId } = part;
    const authorizer = wordOf(AuthorizerId);
    if (authorizer !== undefined && !api.authorizers.has(authorizer))
      throw badRequest(`Invalid authorizer identifier specified: ${authorizer}`);
    return { ApiKeyRequired: false, ...part, AuthorizationType };
  },
};

/** Defaults: API Gateway V2 API reference, "CreateIntegration". */
export const INTEGRATION: PartKind = {
  name: 'Integration',
  collection: 'integrations',
  id: 'IntegrationId',
  settings: INTEGRATION_SETTINGS,
  needed: ['IntegrationType'],
  told: { ...MANAGED, IntegrationResponseSelectionExpression: text() },
  settled(given, _api, _context, before) {
    const part = withMappings(given, before);
    const type = wordOf(part.IntegrationType) ?? '';
    if (!['AWS_PROXY', 'HTTP_PROXY'].includes(type))
      throw badRequest(`Invalid IntegrationType for this protocol: ${type}`);
    if (type === 'AWS_PROXY' && part.PayloadFormatVersion === undefined)
      throw badRequest('PayloadFormatVersion is a required parameter for integration type AWS_PROXY');
    const parameters = part.IntegrationSubtype === undefined ? wordMapOf(part.RequestParameters) : {};
    const problem = mappingProblem(parameters, responseParametersOf(part.ResponseParameters));
    if (problem !== undefined)
      throw badRequest(
        `Invalid mapping expression specified: Validation Result: warnings : [], errors : [${problem}]`,
      );
    return {
      ConnectionType: 'INTERNET',
      TimeoutInMillis: 30_000,
      ...(type === 'AWS_PROXY' && part.IntegrationSubtype === undefined && { IntegrationMethod: 'POST' }),
      ...part,
    };
  },
  refuseRemoval(id, api) {
    const users = [...api.routes.values()].filter(({ Target }) => Target === `integrations/${id}`);
    if (users.length === 0) return;
    const ids = users.map(({ RouteId }) => wordOf(RouteId)).join(', ');
    throw conflict(
      `Cannot delete Integration because it is referenced by the following Routes with Ids: [${ids}]`,
    );
  },
};

/**
 * A change leaves the mappings that it doesn't name, and takes away one that it gives as an empty text, or for a status as an empty map
 * (API Gateway guide, "Transform API requests and responses for HTTP APIs in API Gateway", "Remove configured parameter mappings").
 */
function withMappings(part: JsonObject, before: JsonObject | undefined): JsonObject {
  const { RequestParameters: _, ResponseParameters: __, ...others } = part;
  const request = Object.entries({
    ...wordMapOf(before?.RequestParameters),
    ...wordMapOf(part.RequestParameters),
  }).filter(([, source]) => source !== '');
  const response = responseParametersOf({
    ...mapOf(before?.ResponseParameters),
    ...mapOf(part.ResponseParameters),
  });
  return {
    ...others,
    ...(request.length > 0 && { RequestParameters: Object.fromEntries(request) }),
    ...(response && { ResponseParameters: response }),
  };
}

export const AUTHORIZER: PartKind = {
  name: 'Authorizer',
  collection: 'authorizers',
  id: 'AuthorizerId',
  settings: AUTHORIZER_SETTINGS,
  needed: ['AuthorizerType', 'IdentitySource', 'Name'],
  settled(part, api) {
    const type = wordOf(part.AuthorizerType);
    const { Issuer } = mapOf(part.JwtConfiguration);
    if (type === 'JWT' && wordOf(Issuer) === undefined)
      throw badRequest('The JwtConfiguration issuer is required for a JWT authorizer');
    if (type === 'REQUEST' && wordOf(part.AuthorizerUri) === undefined)
      throw badRequest('AuthorizerUri is a required parameter for authorizer type REQUEST');
    if (type === 'REQUEST' && wordOf(part.AuthorizerPayloadFormatVersion) === undefined)
      throw badRequest('AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer');
    const isThere = [...api.authorizers.values()].some(
      (other) => other.Name === part.Name && other.AuthorizerId !== part.AuthorizerId,
    );
    if (isThere) throw badRequest('Authorizer name must be unique');
    return { ...(type === 'REQUEST' && { AuthorizerResultTtlInSeconds: 300 }), ...part };
  },
  refuseRemoval(id, api) {
    const user = [...api.routes.values()].find(({ AuthorizerId }) => AuthorizerId === id);
    if (!user) return;
    const { Name } = api.authorizers.get(id) ?? {};
    throw conflict(
      `Cannot delete authorizer '${wordOf(Name)}', is referenced in route: ${wordOf(user.RouteKey)}`,
    );
  },
};

export const STAGE: PartKind = {
  name: 'Stage',
  collection: 'stages',
  id: 'StageName',
  isNamed: true,
  settings: STAGE_SETTINGS,
  needed: ['StageName'],
  once: { StageName: text(), Tags: map(text()) },
  told: {
    ...MANAGED,
    CreatedDate: timestamp({ form: 'iso' }),
    LastDeploymentStatusMessage: text(),
    LastUpdatedDate: timestamp({ form: 'iso' }),
  },
  settled(part, api, { now }, before) {
    const name = wordOf(part.StageName) ?? '';
    if (!/^(\$default|[\w-]{1,128})$/.test(name)) throw badRequest(`Invalid stage name: ${name}`);
    if (!before && api.stages.has(name)) throw conflict('Stage already exists');
    const deploymentId = wordOf(part.DeploymentId);
    if (deploymentId !== undefined && !api.deployments.has(deploymentId))
      throw badRequest('Invalid deployment identifier specified');
    const settled = {
      AutoDeploy: false,
      DefaultRouteSettings: { DetailedMetricsEnabled: false },
      RouteSettings: {},
      StageVariables: {},
      Tags: {},
      CreatedDate: now(),
      ...part,
      LastUpdatedDate: now(),
    };
    return settled.AutoDeploy === true ? { ...settled, DeploymentId: deployed(api, now()) } : settled;
  },
};

/** A stage that deploys by itself has a deployment of its own. */
function deployed(api: HttpApi, at: number): string {
  const DeploymentId = newId(6);
  api.deployments.set(DeploymentId, {
    DeploymentId,
    AutoDeployed: true,
    CreatedDate: at,
    DeploymentStatus: 'DEPLOYED',
    Description: 'Automatic deployment triggered by changes to the Api configuration',
  });
  return DeploymentId;
}

export const DEPLOYED: PartKind = {
  name: 'Deployment',
  collection: 'deployments',
  id: 'DeploymentId',
  settings: { Description: text({ max: 1024 }) },
  needed: [],
  asked: { StageName: text() },
  told: DEPLOYMENT,
  settled({ StageName, ...part }, api, { now }, before) {
    const name = wordOf(StageName);
    const stage = name === undefined ? undefined : api.stages.get(name);
    if (name !== undefined && !stage) throw badRequest('Invalid stage identifier specified');
    if (name !== undefined && stage)
      api.stages.set(name, { ...stage, DeploymentId: part.DeploymentId, LastUpdatedDate: now() });
    return { AutoDeployed: false, DeploymentStatus: 'DEPLOYED', CreatedDate: now(), ...before, ...part };
  },
  refuseRemoval(id, api) {
    const user = [...api.stages.values()].find(({ DeploymentId }) => DeploymentId === id);
    if (user) throw badRequest('Active stages pointing to this deployment must be moved or deleted');
  },
};
