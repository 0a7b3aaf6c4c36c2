import { lowerFirst } from '../../../aws/first-letter.ts';
import {
  boolean,
  integer,
  type Kind,
  list,
  type Members,
  map,
  number,
  structure,
  text,
  timestamp,
} from '../../../aws/members.ts';

/** On the wire the members of this API begin with a small letter. */
export function onWire(members: Members): Members {
  return Object.fromEntries(
    Object.entries(members).map(([member, kind]) => [
      member,
      kind.at === 'path' ? kind : { ...within(kind), name: kind.name ?? small(member) },
    ]),
  );
}

function within(kind: Kind): Kind {
  if (kind.kind === 'structure') {
    const { members, entries: _, ...more } = kind;
    return { ...more, ...structure(onWire(members)) };
  }
  if (kind.kind === 'list') return { ...kind, item: within(kind.item) };
  if (kind.kind === 'map') return { ...kind, value: within(kind.value) };
  return kind;
}

function small(name: string): string {
  return lowerFirst(name);
}

/** API Gateway V2 API reference, "API". */
export const API_SETTINGS: Members = {
  Name: text(),
  ApiKeySelectionExpression: text(),
  CorsConfiguration: structure({
    AllowCredentials: boolean(),
    AllowHeaders: list(text()),
    AllowMethods: list(text()),
    AllowOrigins: list(text()),
    ExposeHeaders: list(text()),
    MaxAge: integer({ min: -1, max: 86_400 }),
  }),
  Description: text({ max: 1024 }),
  DisableSchemaValidation: boolean(),
  DisableExecuteApiEndpoint: boolean(),
  IpAddressType: text(),
  RouteSelectionExpression: text(),
  Version: text({ max: 64 }),
};

/** A quick create makes a route to this target. */
export const QUICK: Members = { CredentialsArn: text(), RouteKey: text(), Target: text() };

export const API: Members = {
  ...API_SETTINGS,
  ApiEndpoint: text(),
  ApiGatewayManaged: boolean(),
  ApiId: text(),
  CreatedDate: timestamp({ form: 'iso' }),
  ImportInfo: list(text()),
  ProtocolType: text(),
  Tags: map(text()),
  Warnings: list(text()),
};

export const ROUTE_SETTINGS: Members = {
  ApiKeyRequired: boolean(),
  AuthorizationScopes: list(text({ max: 64 })),
  AuthorizationType: text(),
  AuthorizerId: text(),
  ModelSelectionExpression: text(),
  OperationName: text({ max: 64 }),
  RequestModels: map(text()),
  RequestParameters: map(structure({ Required: boolean() })),
  RouteKey: text(),
  RouteResponseSelectionExpression: text(),
  Target: text(),
};

export const INTEGRATION_SETTINGS: Members = {
  ConnectionId: text(),
  ConnectionType: text(),
  ContentHandlingStrategy: text(),
  CredentialsArn: text(),
  Description: text({ max: 1024 }),
  IntegrationMethod: text(),
  IntegrationSubtype: text(),
  IntegrationType: text(),
  IntegrationUri: text(),
  PassthroughBehavior: text(),
  PayloadFormatVersion: text(),
  RequestParameters: map(text()),
  RequestTemplates: map(text()),
  ResponseParameters: map(map(text())),
  TemplateSelectionExpression: text(),
  TimeoutInMillis: integer({ min: 50, max: 30_000 }),
  TlsConfig: structure({ ServerNameToVerify: text() }),
};

export const AUTHORIZER_SETTINGS: Members = {
  AuthorizerCredentialsArn: text(),
  AuthorizerPayloadFormatVersion: text(),
  AuthorizerResultTtlInSeconds: integer({ min: 0, max: 3600 }),
  AuthorizerType: text(),
  AuthorizerUri: text(),
  EnableSimpleResponses: boolean(),
  IdentitySource: list(text()),
  IdentityValidationExpression: text(),
  JwtConfiguration: structure({ Audience: list(text()), Issuer: text() }),
  Name: text({ max: 128 }),
};

const SETTINGS_OF_ROUTES = structure({
  DataTraceEnabled: boolean(),
  DetailedMetricsEnabled: boolean(),
  LoggingLevel: text(),
  ThrottlingBurstLimit: integer(),
  ThrottlingRateLimit: number(),
});

export const STAGE_SETTINGS: Members = {
  AccessLogSettings: structure({ DestinationArn: text(), Format: text() }),
  AutoDeploy: boolean(),
  ClientCertificateId: text(),
  DefaultRouteSettings: SETTINGS_OF_ROUTES,
  DeploymentId: text(),
  Description: text({ max: 1024 }),
  RouteSettings: map(SETTINGS_OF_ROUTES),
  StageVariables: map(text()),
};

export const DEPLOYMENT: Members = {
  AutoDeployed: boolean(),
  CreatedDate: timestamp({ form: 'iso' }),
  DeploymentId: text(),
  DeploymentStatus: text(),
  DeploymentStatusMessage: text(),
  Description: text(),
};
