import type { AuthorizerModel } from '../../../aws/api-model.ts';
import type { PayloadParts } from '../payloads/context.ts';
import { Refusal } from '../requests/refusal.ts';
import { identityOf } from './identity.ts';
import type { IssuerKeys } from './issuer-keys.ts';
import { claimsProblem, isSigned, parseJwt, scopesOf } from './jwt.ts';

type JwtAuthorizer = Extract<AuthorizerModel, { kind: 'jwt' }>;

/**
 * Lets in who has a token of the issuer for the audience, with one of the route's scopes, and tells the function its claims
 * (API Gateway guide, "Control access to HTTP APIs with JWT authorizers in API Gateway"). Throws a Refusal.
 */
export async function authorizeByJwt(
  authorizer: JwtAuthorizer,
  parts: PayloadParts,
  { keys, nowMs }: { keys: IssuerKeys; nowMs: number },
): Promise<Record<string, unknown>> {
  const { request, stage, route } = parts;
  const token = authorizer.identitySources
    .map((source) => identityOf(source, request, stage, {}))
    .find(Boolean);
  const wanted = route.auth.kind === 'authorizer' ? route.auth.scopes : [];
  if (token === undefined)
    throw new Refusal('UNAUTHORIZED', undefined, 'there is no token', { challenge: 'Bearer' });
  const jwt = parseJwt(token);
  if (!jwt) throw invalidToken('the token is no JWT', wanted);
  // Before the keys are asked for: anybody can send a token.
  const problem = claimsProblem(jwt.claims, authorizer, nowMs);
  if (problem !== undefined) throw invalidToken(problem, wanted);
  const known = await keys.of(authorizer.issuer).catch((error: unknown) => {
    const cause = `no keys: ${error instanceof Error ? error.message : error}`;
    throw invalidToken('the keys of the issuer are not to be had', wanted, cause);
  });
  if (!isSigned(jwt, known)) throw invalidToken('no key of the issuer has signed the token', wanted);
  const scopes = scopesOf(jwt.claims);
  if (wanted.length > 0 && !wanted.some((scope) => scopes.includes(scope)))
    throw new Refusal('ACCESS_DENIED', undefined, `the token has none of the scopes ${wanted.join(', ')}`, {
      challenge: challengeOf(wanted, 'insufficient_scope', 'the token does not have a required scope'),
    });
  const claims = Object.fromEntries(Object.entries(jwt.claims).map(([name, value]) => [name, told(value)]));
  const found = { claims, scopes: wanted.length > 0 ? scopes : null };
  const { integration } = route;
  return integration?.kind === 'function' && integration.payload === '2.0' ? { jwt: found } : found;
}

/** The reason stands in the answer's `www-authenticate` (API Gateway guide, "Troubleshooting issues with HTTP API JWT authorizers"). */
function invalidToken(problem: string, scopes: readonly string[], cause = problem): Refusal {
  return new Refusal('UNAUTHORIZED', undefined, cause, {
    challenge: challengeOf(scopes, 'invalid_token', problem),
  });
}

/** RFC 6750, 3 and 3.1. */
function challengeOf(scopes: readonly string[], error: string, description: string): string {
  return `Bearer scope="${scopes.join(' ')}" error="${error}" error_description="${description}"`;
}

/** Claims come to the function as texts, a list as `[a b]`. */
function told(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(told).join(' ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
