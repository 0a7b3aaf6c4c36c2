import { URL_PATH } from '../../aws/api-address.ts';
import type { ApiModel } from '../../aws/api-model.ts';
import type { JsonObject } from '../../aws/json-object.ts';

/**
 * The URL of a function, found by the function's name or ARN, with the properties of AWS::Lambda::Url; `endpoint` is the loop's
 * own address.
 */
export function functionUrlOf(
  apis: readonly ApiModel[],
  functionName: string,
  endpoint: string,
): JsonObject | undefined {
  for (const { protocol, name, routes } of apis) {
    const [route] = routes;
    if (protocol !== 'URL' || route?.integration?.kind !== 'function') continue;
    const { functionArn } = route.integration;
    if (functionArn !== functionName && !functionArn.endsWith(`:function:${functionName}`)) continue;
    const AuthType = route.auth.kind === 'iam' ? 'AWS_IAM' : 'NONE';
    return {
      FunctionArn: functionArn,
      TargetFunctionArn: functionArn,
      FunctionUrl: `${endpoint}${URL_PATH}${name}/`,
      AuthType,
    };
  }
  return undefined;
}
