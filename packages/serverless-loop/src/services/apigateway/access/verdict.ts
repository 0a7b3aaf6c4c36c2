import type { ApiModel, AuthorizerModel } from '../../../aws/api-model.ts';
import { isObject } from '../../../aws/json-object.ts';
import type { Statement } from '../../../aws/statement.ts';
import type { PayloadParts } from '../payloads/context.ts';
import { Refusal } from '../requests/refusal.ts';
import { policyStatements } from './policy.ts';

export type FunctionAuthorizer = Extract<AuthorizerModel, { kind: 'function' }>;

/** The verdict of an authorizer's function on a caller. */
export interface Verdict {
  /** Of an answer that is simple: for every route (API Gateway guide, "Control access to HTTP APIs with AWS Lambda authorizers"). */
  isAuthorized?: boolean;
  statements?: Statement[];
  principalId?: string;
  /** The API key whose usage plan counts the request (API Gateway guide, "Choose an API key source in API Gateway"). */
  usageIdentifierKey?: string;
  context: Record<string, unknown>;
}

/** Decides on the resource by the policy that an authorizer gives. */
export type DecideByPolicy = (
  statements: Statement[],
  resource: string,
  sourceIp: string,
) => 'Allow' | 'ExplicitDeny' | 'ImplicitDeny';

/** Reads a function's answer. Throws a Refusal for one that is none. */
export function verdictOf(
  answer: { payload: Buffer; failed: boolean },
  authorizer: FunctionAuthorizer,
  api: ApiModel,
): Verdict {
  const said: unknown = JSON.parse(answer.payload.toString());
  if (answer.failed) {
    const message = isObject(said) ? String(said.errorMessage) : '';
    // The word that a function throws for a caller whom it doesn't know (guide, "Output from an API Gateway Lambda authorizer").
    if (message === 'Unauthorized') throw new Refusal('UNAUTHORIZED');
    throw new Refusal('AUTHORIZER_FAILURE', undefined, `the authorizer failed: ${message}`);
  }
  if (!isObject(said)) throw misconfigured('its answer is no object');
  const context = isObject(said.context) ? said.context : {};
  if (authorizer.isSimple && authorizer.payload === '2.0') {
    if (typeof said.isAuthorized !== 'boolean') throw misconfigured('its answer has no isAuthorized');
    return { isAuthorized: said.isAuthorized, context };
  }
  const statements = policyStatements(said.policyDocument);
  if (!statements) throw misconfigured('its answer has no policyDocument with statements');
  if (typeof said.principalId !== 'string') throw misconfigured('its answer has no principalId');
  const isFlat = Object.values(context).every((value) => typeof value !== 'object' || value === null);
  if (api.protocol === 'REST' && !isFlat) throw misconfigured('its context holds a list or an object');
  const { principalId, usageIdentifierKey } = said;
  return {
    statements,
    principalId,
    ...(typeof usageIdentifierKey === 'string' && { usageIdentifierKey }),
    context,
  };
}

function misconfigured(why: string): Refusal {
  return new Refusal('AUTHORIZER_CONFIGURATION_ERROR', undefined, `Invalid authorizer response: ${why}`);
}

/** Throws a Refusal for whom the verdict doesn't let in. */
export function refuseUnlessAllowed(
  { isAuthorized, statements = [] }: Verdict,
  findings: Record<string, unknown>,
  { api, request }: PayloadParts,
  decide: DecideByPolicy,
  resource: string,
): void {
  const decision =
    isAuthorized === undefined
      ? decide(statements, resource, request.sourceIp)
      : isAuthorized
        ? 'Allow'
        : 'ImplicitDeny';
  if (decision === 'Allow') return;
  const isExplicit = decision === 'ExplicitDeny' && api.protocol === 'REST';
  throw new Refusal(
    'ACCESS_DENIED',
    isExplicit ? 'User is not authorized to access this resource with an explicit deny' : undefined,
    'the authorizer denies it',
    { authorizer: findings },
  );
}

/** The part of a request's context that a verdict gives: to a payload of format 2.0 under `lambda`; else beside the principal, a REST API's values as texts. */
export function told(
  verdict: Verdict,
  authorizer: FunctionAuthorizer,
  { api, route }: PayloadParts,
): Record<string, unknown> {
  const { context, principalId } = verdict;
  const integration = route.integration;
  if (api.protocol === 'HTTP' && integration?.kind === 'function' && integration.payload === '2.0')
    return Object.keys(context).length === 0 && authorizer.isSimple ? { lambda: null } : { lambda: context };
  const values =
    api.protocol === 'REST'
      ? Object.fromEntries(Object.entries(context).map(([name, value]) => [name, String(value)]))
      : context;
  return {
    ...values,
    ...(principalId !== undefined && { principalId }),
    ...(api.protocol === 'REST' && { integrationLatency: 0 }),
  };
}
