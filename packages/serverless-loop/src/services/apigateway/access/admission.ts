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
import type { Verdict } from './policy.ts';
import { type ResourcePolicies, refusalByPolicy } from './resource-policy.ts';

export interface AdmissionOptions {
  clock: Clock;
  authorizers: FunctionAuthorizers;
  keys: IssuerKeys;
  routeArn(parts: PayloadParts): string;
  throttles: Throttles;
  mayInvoke(accessKeyId: string, need: Need): boolean;
  userArnOf(accessKeyId: string): string;
  judge: ResourcePolicies;
}

/** The parts with what is known of the caller. Throws a Refusal for one who may not. */
export async function admitted(
  parts: PayloadParts,
  request: SignedRequest,
  options: AdmissionOptions,
): Promise<PayloadParts> {
  const { api, route, stage } = parts;
  const byPolicy = judgedByPolicy(parts, request, options);
  const signed = route.auth.kind === 'iam' ? signedParts(parts, request, byPolicy, options) : parts;
  const authorizer = route.auth.kind === 'authorizer' ? api.authorizers[route.auth.name] : undefined;
  let known = signed;
  let keyOfAuthorizer: string | undefined;
  if (route.auth.kind === 'authorizer') {
    const { name } = route.auth;
    if (authorizer?.kind === 'jwt') {
      const { keys } = options;
      known = {
        ...signed,
        authorizer: await authorizeByJwt(authorizer, signed, { keys, nowMs: options.clock.now() }),
      };
    } else if (authorizer?.kind === 'function') {
      const { findings, apiKey } = await options.authorizers.authorize(name, authorizer, signed);
      known = { ...signed, authorizer: findings };
      keyOfAuthorizer = apiKey;
    } else
      throw new Refusal(
        'AUTHORIZER_CONFIGURATION_ERROR',
        undefined,
        `the authorizer ${name} is not emulated`,
      );
  }
  if (!route.needsApiKey) return known;
  const apiKey = keyOf(api, stage, request, keyOfAuthorizer, options.throttles, options.clock);
  return { ...known, apiKey };
}

/**
 * The verdict of the API's resource policy; undefined where it has none. A Deny of its refuses every call, and where no other
 * authorization is asked for, so does the lack of an Allow (API Gateway guide, "How API Gateway resource policies affect authorization
 * workflow").
 */
function judgedByPolicy(
  parts: PayloadParts,
  { accessKeyId }: SignedRequest,
  { judge, routeArn, userArnOf }: AdmissionOptions,
): Verdict | undefined {
  const { api, route, request } = parts;
  if (!api.resourcePolicy) return undefined;
  const isSigned = route.auth.kind === 'iam' && accessKeyId !== undefined;
  const caller = isSigned ? userArnOf(accessKeyId) : 'anonymous';
  const asked = { caller, resource: routeArn(parts), sourceIp: request.sourceIp };
  const verdict = judge(api.resourcePolicy, asked);
  if (verdict === 'ExplicitDeny' || (verdict === 'ImplicitDeny' && route.auth.kind === 'none'))
    throw refusalByPolicy(verdict, asked);
  return verdict;
}

function signedParts(
  parts: PayloadParts,
  { accessKeyId }: SignedRequest,
  byPolicy: Verdict | undefined,
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
  // Within an account either of the two policies lets a caller in.
  if (byPolicy !== 'Allow' && !options.mayInvoke(accessKeyId, need)) throw new Refusal('ACCESS_DENIED');
  return {
    ...parts,
    identity: { accessKey: accessKeyId, accountId, userArn: options.userArnOf(accessKeyId) },
  };
}
