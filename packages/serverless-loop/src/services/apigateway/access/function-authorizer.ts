import type { CallFunction } from '../integrations/function-caller.ts';
import type { PayloadParts } from '../payloads/context.ts';
import { contextVariables } from '../payloads/context-variables.ts';
import { payload1 } from '../payloads/format-1.ts';
import { payload2 } from '../payloads/format-2.ts';
import { headerOf } from '../requests/api-request.ts';
import { Refusal } from '../requests/refusal.ts';
import { identityOf } from './identity.ts';
import {
  type DecideByPolicy,
  type FunctionAuthorizer,
  refuseUnlessAllowed,
  told,
  type Verdict,
  verdictOf,
} from './verdict.ts';

export interface FunctionAuthorizers {
  /** Resolves to what goes into the request's context, with the API key that it names. Throws a Refusal for whom it doesn't let in. */
  authorize(
    name: string,
    authorizer: FunctionAuthorizer,
    parts: PayloadParts,
  ): Promise<{ findings: Record<string, unknown>; apiKey: string | undefined }>;
  /** Forgets what they said for an API. */
  forget(apiId: string): void;
}

export interface FunctionAuthorizerOptions {
  call: CallFunction;
  decide: DecideByPolicy;
  routeArn(parts: PayloadParts): string;
  elapsedMs(): number;
}

const MAX_REMEMBERED = 10_000;
/** An authorizer has as long as an integration (API Gateway guide, "Quotas"). */
const MAX_MS = 29_000;

/** Lambda authorizers, whose verdicts are remembered by what identifies the caller. */
export function functionAuthorizers(options: FunctionAuthorizerOptions): FunctionAuthorizers {
  const { call, decide, routeArn, elapsedMs } = options;
  const remembered = new Map<string, { verdict: Verdict; untilMs: number }>();

  async function ask(
    name: string,
    authorizer: FunctionAuthorizer,
    parts: PayloadParts,
    identities: string[],
  ) {
    const answer = await call({
      api: parts.api,
      stage: parts.stage,
      functionArn: authorizer.functionArn,
      roleArn: authorizer.roleArn,
      source: `authorizers/${name}`,
      payload: eventOf(authorizer, parts, identities, routeArn(parts)),
      requestId: parts.request.requestId,
      traceHeader: headerOf(parts.request, 'x-amzn-trace-id'),
      timeoutMs: MAX_MS,
    }).catch((error: unknown) => {
      throw error instanceof Refusal ? new Refusal('AUTHORIZER_FAILURE', undefined, error.message) : error;
    });
    return verdictOf(answer, authorizer, parts.api);
  }

  return {
    async authorize(name, authorizer, parts) {
      const identities = identitiesOf(authorizer, parts);
      const key = JSON.stringify([parts.api.name, parts.stage.name, name, identities]);
      const known = authorizer.cacheSeconds > 0 ? remembered.get(key) : undefined;
      const isKnown = known !== undefined && known.untilMs > elapsedMs();
      const verdict = isKnown ? known.verdict : await ask(name, authorizer, parts, identities);
      if (!isKnown && authorizer.cacheSeconds > 0 && identities.length > 0) {
        if (remembered.size >= MAX_REMEMBERED) remembered.clear();
        remembered.set(key, { verdict, untilMs: elapsedMs() + authorizer.cacheSeconds * 1000 });
      }
      const findings = told(verdict, authorizer, parts);
      refuseUnlessAllowed(verdict, findings, parts, decide, routeArn(parts));
      return { findings, apiKey: verdict.usageIdentifierKey };
    },
    forget(apiId) {
      for (const key of remembered.keys())
        if (key.startsWith(`${JSON.stringify([apiId]).slice(0, -1)},`)) remembered.delete(key);
    },
  };
}

/** Throws a Refusal where something that must identify the caller is missing: the function is not asked. */
function identitiesOf(authorizer: FunctionAuthorizer, parts: PayloadParts): string[] {
  const { request, stage, api } = parts;
  const context = contextVariables(parts);
  const found = authorizer.identitySources.map((source) => identityOf(source, request, stage, context));
  const mustBeThere = api.protocol === 'HTTP' || authorizer.takes === 'token' || authorizer.cacheSeconds > 0;
  if (mustBeThere && found.includes(undefined)) throw new Refusal('UNAUTHORIZED');
  const identities = found.filter((identity) => identity !== undefined);
  const { tokenPattern } = authorizer;
  if (tokenPattern !== undefined && !new RegExp(`^(?:${tokenPattern})$`).test(identities[0] ?? ''))
    throw new Refusal('UNAUTHORIZED');
  return identities;
}

/** API Gateway guide, "Input to an API Gateway Lambda authorizer", and of HTTP APIs, "Payload format for HTTP API Lambda authorizers". */
function eventOf(
  { takes, payload }: FunctionAuthorizer,
  parts: PayloadParts,
  identities: string[],
  arn: string,
): Record<string, unknown> {
  if (takes === 'token') return { type: 'TOKEN', methodArn: arn, authorizationToken: identities[0] };
  if (parts.api.protocol === 'REST') {
    const { body: _, isBase64Encoded: __, ...event } = payload1(parts);
    return { type: 'REQUEST', methodArn: arn, ...event };
  }
  if (payload === '2.0') {
    const { body: _, isBase64Encoded: __, ...event } = payload2(parts);
    return { ...event, version: '2.0', type: 'REQUEST', routeArn: arn, identitySource: identities };
  }
  const {
    body: _,
    isBase64Encoded: __,
    multiValueHeaders: ___,
    multiValueQueryStringParameters: ____,
    ...event
  } = payload1(parts);
  const identitySource = identities.join(',');
  return {
    ...event,
    version: '1.0',
    type: 'REQUEST',
    methodArn: arn,
    identitySource,
    authorizationToken: identitySource,
  };
}
