import type { IntegrationModel, MockResponse } from '../../../aws/api-model.ts';
import { mapOf, numberOf, wordMapOf, wordOf } from './plain.ts';

/** An integration as a definition and a resource say it, each in its own names. */
export interface GivenIntegration {
  type: string | undefined;
  uri: string | undefined;
  payload: string | undefined;
  timeoutMs: number | undefined;
  roleArn: string | undefined;
  /** Of an HTTP backend. */
  method: string | undefined;
  /** Parts of the request, by where they go. */
  parameters: Record<string, string>;
  requestTemplates: Record<string, string>;
  responses: MockResponse[];
  /** `StepFunctions-StartExecution`, of HTTP APIs alone. */
  subtype?: string | undefined;
}

/** A function is invoked for 29 s at most by a REST API, for 30 s by an HTTP API (API Gateway guide, "Quotas"). */
const MAX_MS = { REST: 29_000, HTTP: 30_000 };

export function integrationOf(given: GivenIntegration, protocol: 'HTTP' | 'REST'): IntegrationModel {
  const type = given.type?.toUpperCase();
  const { roleArn, requestTemplates, responses } = given;
  if (type === 'MOCK') return { kind: 'mock', requestTemplates, responses };
  if (type === undefined)
    return { kind: 'not emulated', reason: 'an integration without a type is not emulated' };
  const service = type === 'AWS' ? calledAction(given.uri ?? '') : undefined;
  if (service)
    return {
      kind: 'service',
      ...service,
      ...(roleArn !== undefined && { roleArn }),
      requestTemplates,
      responses,
    };
  const called = type === 'AWS_PROXY' && given.subtype !== undefined ? subtypeOf(given.subtype) : undefined;
  if (called)
    return {
      kind: 'subtype',
      ...called,
      ...(roleArn !== undefined && { roleArn }),
      parameters: given.parameters,
    };
  if (type === 'AWS_PROXY' && given.subtype !== undefined)
    return { kind: 'not emulated', reason: `integrations of the subtype ${given.subtype} are not emulated` };
  const isHttpProxy = type === 'HTTP_PROXY';
  if (isHttpProxy || (type === 'HTTP' && protocol === 'REST'))
    return {
      kind: 'http',
      isProxy: isHttpProxy,
      uri: given.uri ?? '',
      method: given.method?.toUpperCase() ?? 'ANY',
      timeoutMs: given.timeoutMs ?? MAX_MS[protocol],
      parameters: given.parameters,
      requestTemplates,
      responses,
    };
  const isMapped = type === 'AWS' && protocol === 'REST' && invokedArn(given.uri ?? '') !== undefined;
  if (type !== 'AWS_PROXY' && !isMapped)
    return { kind: 'not emulated', reason: `integrations of type ${type} are not emulated` };
  const functionArn = invokedArn(given.uri ?? '');
  if (functionArn === undefined)
    return {
      kind: 'not emulated',
      reason: `an integration ${given.uri === undefined ? 'without a URI' : `with ${given.uri}`} is not emulated`,
    };
  return {
    kind: 'function',
    functionArn,
    payload: protocol === 'HTTP' && given.payload === '2.0' ? '2.0' : '1.0',
    timeoutMs: given.timeoutMs ?? MAX_MS[protocol],
    // `arn:aws:iam::*:user/*` hands on the caller's own rights.
    ...(roleArn !== undefined && !roleArn.includes('*') && { roleArn }),
    ...(isMapped && { mapping: { requestTemplates, responses } }),
  };
}

/** Services by their names in subtypes (API Gateway guide, "Integration subtype reference"), and in signatures. */
const SUBTYPES: Readonly<Record<string, string>> = {
  EventBridge: 'events',
  Kinesis: 'kinesis',
  SQS: 'sqs',
  StepFunctions: 'states',
};

function subtypeOf(subtype: string): { signingName: string; action: string } | undefined {
  const [service = '', action = ''] = subtype.split('-');
  const signingName = Object.hasOwn(SUBTYPES, service) ? SUBTYPES[service] : undefined;
  return signingName === undefined || action === '' ? undefined : { signingName, action };
}

/** The operation in `arn:aws:apigateway:…:states:action/StartExecution`. */
function calledAction(uri: string): { signingName: string; action: string } | undefined {
  const [, signingName, action] = /^arn:[^:]+:apigateway:[^:]*:([\w-]+):action\/(\w+)/.exec(uri) ?? [];
  return signingName === undefined || action === undefined ? undefined : { signingName, action };
}

/** The function's ARN in `arn:aws:apigateway:…:lambda:path/2015-03-31/functions/<ARN>/invocations`, or alone. */
export function invokedArn(uri: string): string | undefined {
  const inPath = /:lambda:path\/[^/]+\/functions\/(?<arn>.+?)\/invocations/.exec(uri)?.groups?.arn;
  return inPath ?? (/^arn:[^:]+:lambda:[^:]*:[^:]*:function:/.test(uri) ? uri : undefined);
}

/** `x-amazon-apigateway-integration` (API Gateway guide, "x-amazon-apigateway-integration object"). */
export function definedIntegration(value: unknown, protocol: 'HTTP' | 'REST'): IntegrationModel {
  const given = mapOf(value);
  const responses = Object.entries(mapOf(given.responses)).map(([pattern, response]): MockResponse => {
    const { statusCode, responseParameters, responseTemplates } = mapOf(response);
    return {
      ...(pattern !== 'default' && { pattern }),
      status: numberOf(statusCode) ?? 200,
      headers: mappedHeaders(responseParameters),
      templates: wordMapOf(responseTemplates),
    };
  });
  return integrationOf(
    {
      type: wordOf(given.type),
      uri: wordOf(given.uri),
      payload: wordOf(given.payloadFormatVersion),
      timeoutMs: numberOf(given.timeoutInMillis),
      roleArn: wordOf(given.credentials),
      method: wordOf(given.httpMethod),
      parameters: wordMapOf(given.requestParameters),
      requestTemplates: wordMapOf(given.requestTemplates),
      responses,
      subtype: wordOf(given.integrationSubtype),
    },
    protocol,
  );
}

/** `method.response.header.X: "'text'"`: the headers with what stands in the quotes. */
export function mappedHeaders(parameters: unknown): Record<string, string> {
  const headers = Object.entries(headerSources(parameters));
  return Object.fromEntries(headers.map(([name, source]) => [name, /^'(.*)'$/s.exec(source)?.[1] ?? source]));
}

/** The headers with where their values come from. */
export function headerSources(parameters: unknown): Record<string, string> {
  const headers = Object.entries(wordMapOf(parameters)).flatMap(([target, source]) => {
    const name = /^(?:method\.response|gatewayresponse)\.header\.(.+)$/.exec(target)?.[1];
    return name === undefined ? [] : [[name, source]];
  });
  return Object.fromEntries(headers);
}
