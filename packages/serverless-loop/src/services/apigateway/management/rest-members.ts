import {
  boolean,
  integer,
  list,
  type Members,
  map,
  number,
  structure,
  text,
  timestamp,
} from '../../../aws/members.ts';

/** Members of REST APIs and their parts (API Gateway API reference). Those that calls give and patches change come first. */
export const API_SETTINGS: Members = {
  name: text(),
  description: text(),
  version: text(),
  binaryMediaTypes: list(text()),
  minimumCompressionSize: integer({ min: -1, max: 10_485_760 }),
  apiKeySource: text(),
  endpointConfiguration: structure({
    types: list(text()),
    ipAddressType: text(),
    vpcEndpointIds: list(text()),
  }),
  policy: text(),
  disableExecuteApiEndpoint: boolean(),
  securityPolicy: text(),
  endpointAccessMode: text(),
};
export const API: Members = {
  ...API_SETTINGS,
  id: text(),
  createdDate: timestamp(),
  warnings: list(text()),
  tags: map(text()),
  rootResourceId: text(),
  apiStatus: text(),
};

export const RESPONSE_SETTINGS: Members = { responseParameters: map(boolean()), responseModels: map(text()) };
export const INTEGRATION_RESPONSE_SETTINGS: Members = {
  selectionPattern: text(),
  responseParameters: map(text()),
  responseTemplates: map(text()),
  contentHandling: text(),
};

/** Of an integration, but for its method, which has another name where it is made. */
export const INTEGRATION_SETTINGS: Members = {
  type: text(),
  uri: text(),
  connectionType: text(),
  connectionId: text(),
  credentials: text(),
  requestParameters: map(text()),
  requestTemplates: map(text()),
  passthroughBehavior: text(),
  contentHandling: text(),
  timeoutInMillis: integer({ min: 50, max: 900_000 }),
  cacheNamespace: text(),
  cacheKeyParameters: list(text()),
  tlsConfig: structure({ insecureSkipVerification: boolean() }),
  responseTransferMode: text(),
};
export const METHOD_RESPONSE: Members = { statusCode: text(), ...RESPONSE_SETTINGS };
export const INTEGRATION_RESPONSE: Members = { statusCode: text(), ...INTEGRATION_RESPONSE_SETTINGS };
export const INTEGRATION: Members = {
  ...INTEGRATION_SETTINGS,
  httpMethod: text(),
  integrationResponses: map(structure(INTEGRATION_RESPONSE)),
};

export const METHOD_SETTINGS: Members = {
  authorizationType: text(),
  authorizerId: text(),
  apiKeyRequired: boolean(),
  operationName: text(),
  requestParameters: map(boolean()),
  requestModels: map(text()),
  requestValidatorId: text(),
  authorizationScopes: list(text()),
};
export const METHOD: Members = {
  httpMethod: text(),
  ...METHOD_SETTINGS,
  methodResponses: map(structure(METHOD_RESPONSE)),
  methodIntegration: structure(INTEGRATION),
};
export const RESOURCE: Members = {
  id: text(),
  parentId: text(),
  pathPart: text(),
  path: text(),
  resourceMethods: map(structure(METHOD)),
};

export const MODEL_SETTINGS: Members = { description: text(), schema: text() };
export const VALIDATOR_SETTINGS: Members = {
  name: text(),
  validateRequestBody: boolean(),
  validateRequestParameters: boolean(),
};
export const AUTHORIZER_SETTINGS: Members = {
  name: text(),
  type: text(),
  providerARNs: list(text()),
  authType: text(),
  authorizerUri: text(),
  authorizerCredentials: text(),
  identitySource: text(),
  identityValidationExpression: text(),
  authorizerResultTtlInSeconds: integer({ min: 0, max: 3600 }),
};
export const GATEWAY_RESPONSE_SETTINGS: Members = {
  statusCode: text(),
  responseParameters: map(text()),
  responseTemplates: map(text()),
};

const METHOD_OF_STAGE: Members = {
  metricsEnabled: boolean(),
  loggingLevel: text(),
  dataTraceEnabled: boolean(),
  throttlingBurstLimit: integer(),
  throttlingRateLimit: number(),
  cachingEnabled: boolean(),
  cacheTtlInSeconds: integer(),
  cacheDataEncrypted: boolean(),
  requireAuthorizationForCacheControl: boolean(),
  unauthorizedCacheControlHeaderStrategy: text(),
};
export const STAGE_SETTINGS: Members = {
  deploymentId: text(),
  description: text(),
  cacheClusterEnabled: boolean(),
  cacheClusterSize: text(),
  variables: map(text()),
  documentationVersion: text(),
  tracingEnabled: boolean(),
};
/** Those that patches alone give. */
export const STAGE_PATCHED: Members = {
  ...STAGE_SETTINGS,
  clientCertificateId: text(),
  accessLogSettings: structure({ format: text(), destinationArn: text() }),
};
export const STAGE: Members = {
  ...STAGE_PATCHED,
  stageName: text(),
  cacheClusterStatus: text(),
  methodSettings: map(structure(METHOD_OF_STAGE)),
  tags: map(text()),
  createdDate: timestamp(),
  lastUpdatedDate: timestamp(),
};
export const DEPLOYMENT: Members = { id: text(), description: text(), createdDate: timestamp() };

/** Usage plans and keys. */
export const KEY_SETTINGS: Members = {
  name: text(),
  description: text(),
  enabled: boolean(),
  customerId: text(),
};
export const KEY: Members = {
  ...KEY_SETTINGS,
  id: text(),
  value: text(),
  createdDate: timestamp(),
  lastUpdatedDate: timestamp(),
  stageKeys: list(text()),
  tags: map(text()),
};
export const PLAN_SETTINGS: Members = {
  name: text(),
  description: text(),
  throttle: structure({ burstLimit: integer(), rateLimit: number() }),
  quota: structure({ limit: integer(), offset: integer(), period: text() }),
};
export const PLAN_STAGES = list(
  structure({
    apiId: text(),
    stage: text(),
    throttle: map(structure({ burstLimit: integer(), rateLimit: number() })),
  }),
);
export const PLAN: Members = {
  ...PLAN_SETTINGS,
  id: text(),
  apiStages: PLAN_STAGES,
  productCode: text(),
  tags: map(text()),
};
export const PLAN_KEY: Members = { id: text(), type: text(), value: text(), name: text() };
