import type { Need } from '../../../aws/operation.ts';
import type { Clock } from '../../../clock.ts';
import type { PayloadParts } from '../payloads/context.ts';
import { keyOf } from '../requests/api-keys.ts';
import type { SignedRequest } from '../requests/api-request.ts';
import { Refusal } from '../requests/refusal.ts';
import type { Throttles } from '../requests/throttle.ts';
import type { FunctionAuthorizers } from './function-authorizer.ts';
import type { IssuerKeys } from './issuer-keys.ts';
import { authorizeByJwt } from './jwt-authorizer.ts';

export interface AdmissionOptions {
  clock: Clock;
  authorizers: FunctionAuthorizers;
  keys: IssuerKeys;
  routeArn(parts: PayloadParts): string;
  throttles: Throttles;
  mayInvoke(accessKeyId: string, need: Need): boolean;
  userArnOf(accessKeyId: string): string;
}

/** The parts with what is known of the caller. Throws a Refusal for one who may not. */
export async function admitted(
  parts: PayloadParts,
  request: SignedRequest,
  options: AdmissionOptions,
): Promise<PayloadParts> {
  const { api, route, stage } = parts;
  const signed = route.auth.kind === 'iam' ? signedParts(parts, request, options) : parts;
  const authorizer = route.auth.kind === 'authorizer' ? api.authorizers[route.auth.name] : undefined;
  let known = signed;
  if (route.auth.kind === 'authorizer') {
    const { name } = route.auth;
    if (authorizer?.kind === 'jwt') {
      const { keys } = options;
      known = {
        ...signed,
        authorizer: await authorizeByJwt(authorizer, signed, { keys, nowMs: options.clock.now() }),
      };
    } else if (authorizer?.kind === 'function')
      known = { ...signed, authorizer: await options.authorizers.authorize(name, authorizer, signed) };
    else
      throw new Refusal(
        'AUTHORIZER_CONFIGURATION_ERROR',
        undefined,
        `the authorizer ${name} is not emulated`,
      );
  }
  if (!route.needsApiKey) return known;
  const apiKey = keyOf(api, stage, request, options.throttles, options.clock);
  return { ...known, apiKey };
}

function signedParts(
  parts: PayloadParts,
  { accessKeyId }: SignedRequest,
  options: AdmissionOptions,
): PayloadParts {
  const { api, route, accountId } = parts;
  if (accessKeyId === undefined)
    throw new Refusal(api.protocol === 'URL' ? 'ACCESS_DENIED' : 'MISSING_AUTHENTICATION_TOKEN');
  const functionArn = route.integration?.kind === 'function' ? route.integration.functionArn : '';
  const need =
    api.protocol === 'URL'
      ? { action: 'lambda:InvokeFunctionUrl', resource: functionArn }
      : { action: 'execute-api:Invoke', resource: options.routeArn(parts) };
  if (!options.mayInvoke(accessKeyId, need)) throw new Refusal('ACCESS_DENIED');
  return {
    ...parts,
    identity: { accessKey: accessKeyId, accountId, userArn: options.userArnOf(accessKeyId) },
  };
}
