import type { Statement } from './statement.ts';

/** An HTTP API, a REST API, or a function's own URL. */
export interface ApiModel {
  logicalId: string;
  /** Its id, which its address begins with. */
  name: string;
  /** As people call it. */
  title: string;
  protocol: 'HTTP' | 'REST' | 'URL';
  stages: ApiStage[];
  routes: RouteModel[];
  /** It answers at its custom domains alone. */
  isDefaultEndpointOff?: boolean;
  /** By name. */
  authorizers: Record<string, AuthorizerModel>;
  cors?: CorsModel;
  /** Of a REST API: content types whose bodies are bytes. */
  binaryMediaTypes: string[];
  /** Of a REST API: its own words for refusals, by the kind of refusal. */
  gatewayResponses: Record<string, GatewayResponseModel>;
  apiKeys: ApiKeyModel[];
  /** An authorizer's answer says the key, and no header. */
  apiKeySource?: 'AUTHORIZER';
  /** Of a REST API: who may call it, from where. */
  resourcePolicy?: Statement[];
  /** Epoch milliseconds, where calls have made and changed it. */
  times?: { createdAt: number; changedAt: number };
}

export interface ApiStage {
  name: string;
  variables?: Record<string, string>;
  /** Requests a second, and how many at once. */
  throttle?: { ratePerSecond: number; burst: number };
  /** Limits of single routes, by route key; `* /path` is every method of a path. */
  routeThrottles?: Record<string, { ratePerSecond: number; burst: number }>;
  /** A log group, and the line for each request. */
  accessLog?: { destinationArn: string; format: string };
  deploymentId?: string;
}

export interface RouteModel {
  /** `GET`, or `ANY`. */
  method: string;
  /** `/boxes/{id}/{rest+}`, or `$default`. */
  path: string;
  /** Absent where nothing answers. */
  integration?: IntegrationModel;
  auth: RouteAuth;
  needsApiKey: boolean;
  /** Of a REST API. */
  resourceId?: string;
  /** `method.request.querystring.page`, by whether it must be there. */
  parameters?: Record<string, boolean>;
  /** JSON Schemas of the body, by content type. */
  bodies?: Record<string, unknown>;
  validates?: { body: boolean; parameters: boolean };
}

export type RouteAuth =
  | { kind: 'none' }
  | { kind: 'iam' }
  | { kind: 'authorizer'; name: string; scopes: string[] };

export type IntegrationModel =
  | {
      kind: 'function';
      functionArn: string;
      payload: '1.0' | '2.0';
      timeoutMs: number;
      /** A role that invokes the function in place of the API itself. */
      roleArn?: string;
      /** The answer may come in parts. */
      streams?: boolean;
      /** Of an HTTP API: what becomes of the request's parts, by where they go, and of the answer, by its status. */
      parameters?: Record<string, string>;
      responseParameters?: Record<string, Record<string, string>>;
      /** Of a REST API's function that is no proxy: by content type, and by what it answers. */
      mapping?: { requestTemplates: Record<string, string>; responses: MockResponse[] };
    }
  | {
      kind: 'mock';
      /** By content type. */
      requestTemplates: Record<string, string>;
      responses: MockResponse[];
    }
  | {
      /** An operation of a service. */
      kind: 'service';
      /** The service's name in the scope of signatures. */
      signingName: string;
      action: string;
      roleArn?: string;
      requestTemplates: Record<string, string>;
      responses: MockResponse[];
    }
  | {
      /** An operation of a service that an HTTP API calls by its `IntegrationSubtype`. */
      kind: 'subtype';
      signingName: string;
      action: string;
      roleArn?: string;
      /** Of the call, by their names, with where their values come from. */
      parameters: Record<string, string>;
    }
  | {
      /** A backend of this machine, or one that may be called. */
      kind: 'http';
      /** It gets the request as it is, and its answer goes to the caller. */
      isProxy: boolean;
      uri: string;
      /** `ANY` for that of the request. */
      method: string;
      timeoutMs: number;
      /** By where they go. */
      parameters: Record<string, string>;
      /** Of an HTTP API, by the answer's status. */
      responseParameters?: Record<string, Record<string, string>>;
      requestTemplates: Record<string, string>;
      responses: MockResponse[];
    }
  | { kind: 'not emulated'; reason: string };

export interface MockResponse {
  /** The regular expression that the status of a mock's template, or of a service's or backend's answer, meets, or a function's error; the default one has none. */
  pattern?: string;
  status: number;
  /** By name. */
  headers: Record<string, string>;
  /** By content type. */
  templates: Record<string, string>;
}

export interface CorsModel {
  allowOrigins: string[];
  allowMethods: string[];
  allowHeaders: string[];
  exposeHeaders: string[];
  allowCredentials: boolean;
  maxAgeSeconds?: number;
}

export type AuthorizerModel =
  | {
      kind: 'function';
      functionArn: string;
      /** `token` is given one header alone. */
      takes: 'token' | 'request';
      payload: '1.0' | '2.0';
      /** Answers `{ isAuthorized }` in place of a policy. */
      isSimple: boolean;
      /** `$request.header.Authorization`, `method.request.header.Authorization`… */
      identitySources: string[];
      /** A regular expression that a token must meet. */
      tokenPattern?: string;
      cacheSeconds: number;
      roleArn?: string;
    }
  | { kind: 'jwt'; issuer: string; audience: string[]; identitySources: string[] }
  | { kind: 'not emulated'; reason: string };

export interface GatewayResponseModel {
  status?: number;
  /** By name, a text in single quotes or the variable whose value it is. */
  headers: Record<string, string>;
  templates: Record<string, string>;
}

/** A key of API Gateway's usage plans, with the stages that it opens. */
export interface ApiKeyModel {
  id: string;
  value: string;
  isEnabled: boolean;
  stages: { apiId: string; stage: string }[];
  throttle?: { ratePerSecond: number; burst: number };
  quota?: { limit: number; period: 'DAY' | 'WEEK' | 'MONTH' };
}
