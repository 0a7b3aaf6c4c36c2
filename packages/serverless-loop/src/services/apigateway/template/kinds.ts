import { API_PATH } from '../../../aws/api-address.ts';
import { formatArn } from '../../../aws/arn.ts';
import type { Identity, LeftOut } from '../../../template/kind-description.ts';
import { shortIdOf } from '../../../template/names.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Reading, ResourceKind } from '../../../template/resource-kind.ts';
import { attachApiKeys } from './api-keys.ts';
import { DOMAIN_KINDS } from './domain-kinds.ts';
import { each } from './each.ts';
import { readHttpApi, readHttpAuthorizer, readHttpStage } from './http-api.ts';
import { readHttpRoutes } from './http-routes.ts';
import {
  attachGatewayResponse,
  readDeployment,
  readRestApi,
  readRestAuthorizer,
  readRestStage,
} from './rest-api.ts';
import { readMethods } from './rest-methods.ts';

const V2_API = 'AWS::ApiGatewayV2::Api';
const REST_API = 'AWS::ApiGateway::RestApi';

const NO_CERTIFICATE: LeftOut = ['ClientCertificateId', 'accepted', 'no client certificate is sent'];
const STAGE_LEFT_OUT: readonly LeftOut[] = [
  ['CacheClusterEnabled', 'accepted', 'answers are not cached'],
  ['CanarySetting', 'not emulated', 'canary releases are not emulated'],
  NO_CERTIFICATE,
];

export const API_GATEWAY_KINDS: readonly ResourceKind[] = [
  {
    type: V2_API,
    ref: shortId,
    attributes: {
      ApiId: shortId,
      ApiEndpoint: apiEndpoint,
      ExecuteApiArn: (it) => formatArn(it.place, 'execute-api', shortId(it)),
    },
    replacedBy: ['ProtocolType'],
    isMain: true,
    read: each(V2_API, readHttpApi),
  },
  {
    type: REST_API,
    ref: shortId,
    attributes: { RestApiId: shortId, RootResourceId: (it) => shortIdOf(`${it.name}/`) },
    replacedBy: [],
    isMain: true,
    leftOut: [
      ['CloneFrom', 'not emulated', 'an API is not copied from another'],
      ['MinimumCompressionSize', 'accepted', 'answers are not compressed'],
    ],
    read: each(REST_API, readRestApi),
  },
  part('AWS::ApiGatewayV2::Stage', readHttpStage, {
    ref: (it) => it.text('StageName') ?? it.name,
    leftOut: [NO_CERTIFICATE],
    replacedBy: ['ApiId', 'StageName'],
  }),
  {
    type: 'AWS::ApiGatewayV2::Integration',
    ref: shortId,
    attributes: { IntegrationId: shortId },
    replacedBy: ['ApiId'],
  },
  {
    type: 'AWS::ApiGatewayV2::Route',
    ref: shortId,
    attributes: { RouteId: shortId },
    replacedBy: ['ApiId'],
    after: [V2_API, 'AWS::ApiGatewayV2::Authorizer'],
    read: readHttpRoutes,
  },
  part('AWS::ApiGatewayV2::Authorizer', readHttpAuthorizer, {
    attributes: { AuthorizerId: shortId },
    replacedBy: ['ApiId'],
  }),
  {
    type: 'AWS::ApiGatewayV2::Deployment',
    ref: shortId,
    attributes: { DeploymentId: shortId },
    replacedBy: ['ApiId'],
    withoutEffect: 'a change of an API takes effect at once here',
  },
  part('AWS::ApiGateway::Stage', readRestStage, {
    ref: (it) => it.text('StageName') ?? it.name,
    leftOut: STAGE_LEFT_OUT,
    replacedBy: ['RestApiId', 'StageName'],
  }),
  part('AWS::ApiGateway::Deployment', readDeployment, {
    attributes: { DeploymentId: shortId },
    replacedBy: ['DeploymentCanarySettings', 'RestApiId'],
  }),
  {
    type: 'AWS::ApiGateway::Resource',
    ref: shortId,
    attributes: { ResourceId: shortId },
    replacedBy: ['ParentId', 'PathPart', 'RestApiId'],
  },
  {
    type: 'AWS::ApiGateway::Method',
    attributes: {},
    replacedBy: ['HttpMethod', 'ResourceId', 'RestApiId'],
    after: [REST_API, 'AWS::ApiGateway::Authorizer'],
    read: readMethods,
  },
  {
    type: 'AWS::ApiGateway::Model',
    nameProperty: 'Name',
    attributes: {},
    replacedBy: ['ContentType', 'RestApiId'],
  },
  {
    type: 'AWS::ApiGateway::RequestValidator',
    ref: shortId,
    attributes: { RequestValidatorId: shortId },
    replacedBy: ['Name', 'RestApiId'],
  },
  part('AWS::ApiGateway::Authorizer', readRestAuthorizer, {
    attributes: { AuthorizerId: shortId },
    replacedBy: ['RestApiId'],
  }),
  part('AWS::ApiGateway::GatewayResponse', attachGatewayResponse, {
    attributes: { Id: shortId },
    replacedBy: ['ResponseType', 'RestApiId'],
  }),
  {
    type: 'AWS::ApiGateway::ApiKey',
    ref: shortId,
    attributes: { APIKeyId: shortId },
    replacedBy: ['GenerateDistinctId', 'Name', 'Value'],
  },
  {
    type: 'AWS::ApiGateway::UsagePlan',
    ref: shortId,
    attributes: { Id: shortId },
    replacedBy: [],
  },
  {
    type: 'AWS::ApiGateway::UsagePlanKey',
    ref: (it) => `${it.text('KeyId')}:${it.text('UsagePlanId')}`,
    attributes: { Id: (it) => `${it.text('KeyId')}:${it.text('UsagePlanId')}` },
    replacedBy: ['KeyId', 'KeyType', 'UsagePlanId'],
    after: [REST_API],
    read: attachApiKeys,
  },
  {
    type: 'AWS::ApiGateway::Account',
    attributes: { Id: (it) => it.name },
    withoutEffect: 'API Gateway writes no logs of its own here',
  },
  ...DOMAIN_KINDS,
];

/** A part of an API, which is read after it. */
function part(
  type: string,
  read: (resource: Resource, reading: Reading) => void,
  more: Partial<ResourceKind>,
): ResourceKind {
  const api = type.startsWith('AWS::ApiGatewayV2::') ? V2_API : REST_API;
  return { type, ref: shortId, attributes: {}, after: [api], read: each(type, read), ...more };
}

function shortId(it: Identity): string {
  return shortIdOf(it.name);
}

/** At AWS `https://<id>.execute-api.<region>.amazonaws.com`. */
function apiEndpoint(it: Identity): string {
  return `${it.endpoint}${API_PATH}${shortId(it)}`;
}
