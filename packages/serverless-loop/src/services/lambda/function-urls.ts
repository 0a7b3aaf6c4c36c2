import { URL_PATH } from '../../aws/api-address.ts';
import type { ApiModel, CorsModel } from '../../aws/api-model.ts';
import type { JsonObject } from '../../aws/json-object.ts';

export interface UrlSettings {
  authType: 'AWS_IAM' | 'NONE';
  cors?: CorsModel;
  invokeMode: 'BUFFERED' | 'RESPONSE_STREAM';
  /** Epoch milliseconds, where calls have made and changed it. */
  createdAt?: number;
  changedAt?: number;
}

/** The URL of a function, or of one of its aliases. */
export interface FunctionUrl extends UrlSettings {
  /** With the alias, where the URL is one's. */
  functionArn: string;
  id: string;
  url: string;
}

/** The functions' URLs among the APIs; `endpoint` is the loop's own address. */
export function functionUrls(apis: readonly ApiModel[], endpoint: string): FunctionUrl[] {
  return apis.flatMap(({ protocol, name, cors, times, routes: [route] }) => {
    if (protocol !== 'URL' || route?.integration?.kind !== 'function') return [];
    const { functionArn, streams } = route.integration;
    return {
      functionArn,
      id: name,
      url: `${endpoint}${URL_PATH}${name}/`,
      authType: route.auth.kind === 'iam' ? 'AWS_IAM' : 'NONE',
      ...(cors && { cors }),
      invokeMode: streams ? 'RESPONSE_STREAM' : 'BUFFERED',
      ...times,
    };
  });
}

/** A function's URL is an API of one route, whose payloads are of format 2.0 (Lambda guide, "Invoking Lambda function URLs"). */
export function urlModel(
  named: Pick<ApiModel, 'logicalId' | 'name' | 'title'>,
  functionArn: string,
  { authType, cors, invokeMode, createdAt, changedAt = createdAt }: UrlSettings,
): ApiModel {
  return {
    ...named,
    protocol: 'URL',
    stages: [{ name: '$default' }],
    routes: [
      {
        method: 'ANY',
        path: '$default',
        auth: { kind: authType === 'AWS_IAM' ? 'iam' : 'none' },
        needsApiKey: false,
        integration: {
          kind: 'function',
          functionArn,
          payload: '2.0',
          timeoutMs: Number.POSITIVE_INFINITY,
          ...(invokeMode === 'RESPONSE_STREAM' && { streams: true }),
        },
      },
    ],
    authorizers: {},
    ...(cors && { cors }),
    binaryMediaTypes: [],
    gatewayResponses: {},
    apiKeys: [],
    ...(createdAt !== undefined && changedAt !== undefined && { times: { createdAt, changedAt } }),
  };
}

/** The properties of AWS::Lambda::Url, found by its function's name or ARN. */
export function urlResource(urls: readonly FunctionUrl[], identifier: string): JsonObject | undefined {
  const found = urls.find(
    ({ functionArn }) => functionArn === identifier || functionArn.endsWith(`:function:${identifier}`),
  );
  return (
    found && {
      FunctionArn: found.functionArn,
      TargetFunctionArn: found.functionArn,
      FunctionUrl: found.url,
      AuthType: found.authType,
      InvokeMode: found.invokeMode,
    }
  );
}
