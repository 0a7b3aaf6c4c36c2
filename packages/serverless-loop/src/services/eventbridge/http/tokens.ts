import { parseObject } from '../../../aws/json-limits.ts';
import type { HttpAnswer, HttpRequest } from '../../../http-call.ts';
import { DeliveryError } from '../delivery-error.ts';
import type { Connection } from './connections.ts';
import { tokenRequest } from './http-request.ts';

export interface TokenKeeper {
  /** The value of the header Authorization; undefined for a connection without client credentials. Rejects with DeliveryError. */
  tokenOf(connection: Connection): Promise<string | undefined>;
  forget(connection: Connection): void;
}

/** A token that doesn't say how long it is good (RFC 6749, section 5.1, leaves that open). */
const DEFAULT_SECONDS = 3_600;

/** Asks for tokens of client credentials, and keeps each for as long as it is good. */
export function tokenKeeper({
  send,
  now,
}: {
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Epoch milliseconds. */
  now(): number;
}): TokenKeeper {
  const asked = new Map<Connection, Promise<string>>();

  async function ask(connection: Connection): Promise<string> {
    const { OAuthParameters: oauth } = connection.model.parameters;
    try {
      if (!oauth) throw refused('The connection is not authorized.');
      const { status, body } = await send(tokenRequest(oauth));
      const answer = status >= 200 && status < 300 ? parseObject(body) : undefined;
      const {
        access_token: token,
        token_type: kind = 'Bearer',
        expires_in: seconds = DEFAULT_SECONDS,
      } = answer ?? {};
      if (typeof token !== 'string')
        throw refused(`The authorization endpoint answered ${status}, and no token.`);
      const value = `${String(kind).toLowerCase() === 'bearer' ? 'Bearer' : kind} ${token}`;
      connection.token = { value, untilMs: now() + Number(seconds) * 1_000 };
      connection.state = 'AUTHORIZED';
      connection.authorizedAt = now();
      delete connection.stateReason;
      return value;
    } catch (error) {
      connection.state = 'DEAUTHORIZED';
      connection.stateReason = error instanceof Error ? error.message : String(error);
      throw error;
    }
  }

  return {
    async tokenOf(connection) {
      if (connection.model.type !== 'OAUTH_CLIENT_CREDENTIALS') return undefined;
      const { token } = connection;
      if (token && token.untilMs > now()) return token.value;
      const asking = asked.get(connection) ?? ask(connection).finally(() => asked.delete(connection));
      asked.set(connection, asking);
      return asking;
    },
    forget(connection) {
      delete connection.token;
    },
  };
}

function refused(message: string): DeliveryError {
  return new DeliveryError('CONNECTION_FAILURE', message, { retryable: true });
}
