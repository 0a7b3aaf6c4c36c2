import { URL_PATH } from '../../aws/api-address.ts';
import type { ApiModel, CorsModel } from '../../aws/api-model.ts';
import type { JsonObject } from '../../aws/json-object.ts';

/** The URL of a function, or of one of its aliases. */
export interface FunctionUrl {
  /** With the alias, where the URL is one's. */
  functionArn: string;
  url: string;
  authType: 'AWS_IAM' | 'NONE';
  cors?: CorsModel;
  invokeMode: 'BUFFERED' | 'RESPONSE_STREAM';
}

/** The functions' URLs among the APIs; `endpoint` is the loop's own address. */
export function functionUrls(apis: readonly ApiModel[], endpoint: string): FunctionUrl[] {
  return apis.flatMap(({ protocol, name, cors, routes: [route] }) => {
    if (protocol !== 'URL' || route?.integration?.kind !== 'function') return [];
    const { functionArn, streams } = route.integration;
    return {
      functionArn,
      url: `${endpoint}${URL_PATH}${name}/`,
      authType: route.auth.kind === 'iam' ? 'AWS_IAM' : 'NONE',
      ...(cors && { cors }),
      invokeMode: streams ? 'RESPONSE_STREAM' : 'BUFFERED',
    };
  });
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
