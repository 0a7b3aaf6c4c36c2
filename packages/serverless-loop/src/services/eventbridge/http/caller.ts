import type { HttpParts, RoleSender, Sender } from '../../../aws/delivery.ts';
import { AwsError } from '../../../aws/errors.ts';
import type { Need } from '../../../aws/operation.ts';
import { type Clock, pauseFor } from '../../../clock.ts';
import type { CallByConnection } from '../../../connection-call.ts';
import {
  callHttp,
  type HttpAnswer,
  type HttpRequest,
  isCallable,
  TimedOutError,
} from '../../../http-call.ts';
import { DeliveryError } from '../delivery-error.ts';
import type { ApiDestinationModel, ApiDestinations } from './api-destinations.ts';
import type { Connection, Connections } from './connections.ts';
import { connectionRequest, eventRequest } from './http-request.ts';
import { type TokenKeeper, tokenKeeper } from './tokens.ts';

export interface CallerOptions {
  connections: Connections;
  apiDestinations: Pick<ApiDestinations, 'byArn'>;
  clock: Clock;
  /** Of the day: tokens expire by it. */
  now(): number;
  /** Names of hosts that may be called beside this machine. */
  callableHosts: readonly string[];
  /** Throws AwsError unless the role's own policies let it. */
  authorizeRole(role: RoleSender, need: Need): void;
  signal(): AbortSignal;
}

export interface ApiCaller {
  /** Sends a body to an API destination; answers the body that came back. Rejects with DeliveryError or AwsError. */
  call(arn: string, message: { body: string; http?: HttpParts }, sender: Sender): Promise<string>;
  callByConnection: CallByConnection;
  tokens: TokenKeeper;
}

/** "EventBridge requests to an API destination endpoint must have a maximum client execution timeout of 5 seconds" (guide, "API destinations"). */
const TIMEOUT_MS = 5_000;

/** Statuses besides 5xx that are tried again (EventBridge guide, "API destination error codes"). */
const RETRYABLE = [401, 407, 409, 429];

/** Calls API destinations, no faster than each allows. */
export function createCaller(options: CallerOptions): ApiCaller {
  const { connections, apiDestinations, clock, callableHosts, authorizeRole } = options;
  /** By ARN, in emulated time: the next request may go then. */
  const nextMs = new Map<string, number>();

  async function send(request: HttpRequest): Promise<HttpAnswer> {
    refuseForeign(request.url, callableHosts);
    try {
      return await callHttp(request, TIMEOUT_MS);
    } catch (error) {
      const code = error instanceof TimedOutError ? 'TIMEOUT' : 'CONNECTION_FAILURE';
      const message = error instanceof Error ? error.message || error.name : String(error);
      throw new DeliveryError(code, message, { retryable: true, cause: error });
    }
  }

  const tokens = tokenKeeper({ send, now: options.now });

  /** "InvocationRateLimitPerSecond: the maximum number of requests per second" (EventBridge API reference, "CreateApiDestination"). */
  async function waitTurn({ arn, ratePerSecond }: ApiDestinationModel): Promise<void> {
    const now = clock.elapsedMs();
    const mine = Math.max(now, nextMs.get(arn) ?? 0);
    nextMs.set(arn, mine + 1_000 / ratePerSecond);
    if (mine > now) await pauseFor(clock, mine - now, options.signal());
  }

  return {
    tokens,
    async call(arn, message, sender) {
      if (!('role' in sender))
        throw new AwsError(
          'AccessDeniedException',
          `A target that is an API destination needs a role: ${arn}.`,
        );
      authorizeRole(sender, { action: 'events:InvokeApiDestination', resource: arn });
      const { model } = apiDestinations.byArn(arn) ?? {};
      if (!model) throw new AwsError('ResourceNotFoundException', `There is no API destination ${arn}.`);
      const connection = connections.byArn(model.connectionArn);
      if (!connection || isUnauthorized(connection))
        throw new DeliveryError(
          'NO_RESOURCE',
          `The connection ${model.connectionArn} is not there, or not authorized.`,
          {
            retryable: false,
          },
        );
      await waitTurn(model);
      const token = await tokens.tokenOf(connection);
      const answer = await send(eventRequest(model, connection.model.parameters, message, token));
      const { status } = answer;
      if (status >= 200 && status < 300) return answer.body;
      // "EventBridge refreshes your OAuth tokens when a 401 or 407 response is returned" (guide, "Connections").
      if (status === 401 || status === 407) tokens.forget(connection);
      throw refusalOf(answer, options.now());
    },
    async callByConnection(call) {
      const { connectionArn, url, timeoutMs } = call;
      const connection = connections.byArn(connectionArn);
      if (!connection)
        throw new AwsError('ResourceNotFoundException', `There is no connection ${connectionArn}.`);
      if (isUnauthorized(connection))
        throw new AwsError('InvalidConnectionState', `The connection ${connectionArn} is not authorized.`);
      refuseForeign(url, callableHosts);
      const token = await tokens.tokenOf(connection);
      const answer = await callHttp(connectionRequest(call, connection.model.parameters, token), timeoutMs);
      if (answer.status === 401 || answer.status === 407) tokens.forget(connection);
      return answer;
    },
  };
}

/** One that asks for tokens may get another. */
function isUnauthorized({ state, model }: Connection): boolean {
  return state === 'DEAUTHORIZED' && model.type !== 'OAUTH_CLIENT_CREDENTIALS';
}

function refusalOf({ status, headers }: HttpAnswer, now: number): DeliveryError {
  const isRetryable = status >= 500 || RETRYABLE.includes(status);
  const retryAfterMs = delayIn(headers['retry-after'], now);
  const code = status === 429 ? 'THROTTLING' : isRetryable ? 'ERROR_FROM_TARGET' : 'SDK_CLIENT_ERROR';
  return new DeliveryError(code, `The endpoint answered ${status}.`, {
    // "If Retry-After value is negative, EventBridge stops retrying delivery for that event" (guide, "API destinations").
    retryable: isRetryable && (retryAfterMs ?? 0) >= 0,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** Seconds, or a date. */
function delayIn(retryAfter: string | undefined, now: number): number | undefined {
  if (retryAfter === undefined) return undefined;
  const seconds = Number(retryAfter);
  if (!Number.isNaN(seconds)) return seconds * 1_000;
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/** Throws DeliveryError for a host that is not this machine and not allowed. */
function refuseForeign(url: URL, callableHosts: readonly string[]): void {
  const { hostname: name, protocol } = url;
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new DeliveryError('SDK_CLIENT_ERROR', `${protocol} is no protocol of an API destination.`, {
      retryable: false,
    });
  if (isCallable(url, callableHosts)) return;
  throw new DeliveryError(
    'CONNECTION_FAILURE',
    `The loop calls nobody but this machine; --call-host ${name} lets it call that host.`,
    { retryable: false },
  );
}
