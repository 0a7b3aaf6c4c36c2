import { type ConnectionModel, secretText } from './connection.ts';
import { type KeptByName, keptByName } from './kept-by-name.ts';

export type ConnectionState = 'AUTHORIZED' | 'AUTHORIZING' | 'DEAUTHORIZED';

export interface Connection {
  model: ConnectionModel;
  state: ConnectionState;
  stateReason?: string;
  createdAt: number;
  modifiedAt: number;
  authorizedAt?: number;
  /** The value of the header `Authorization`, got by client credentials, and how long it is good: epoch milliseconds. */
  token?: { value: string; untilMs: number };
}

/** Secrets Manager, where EventBridge keeps what connections hold. */
export interface SecretKeeper {
  /** Makes a secret, or gives it another text; answers its ARN. */
  keep(name: string, text: string): string;
  arnOf(name: string): string | undefined;
  forget(name: string): void;
}

/** The connections of an account. */
export interface Connections extends KeptByName<Connection> {
  put(model: ConnectionModel): Connection;
  /** Takes its secrets away. */
  deauthorize(connection: Connection): void;
  remove(name: string): void;
  secretArn(connection: Connection): string | undefined;
}

export function createConnections({
  connections: models,
  now,
  secrets,
}: {
  connections: readonly ConnectionModel[];
  /** Epoch milliseconds. */
  now(): number;
  secrets: SecretKeeper;
}): Connections {
  const kept = new Map<string, Connection>();

  function put(model: ConnectionModel): Connection {
    const at = now();
    const isOAuth = model.type === 'OAUTH_CLIENT_CREDENTIALS';
    const connection: Connection = {
      model,
      // Only a token has to be asked for.
      state: isOAuth ? 'AUTHORIZING' : 'AUTHORIZED',
      createdAt: kept.get(model.name)?.createdAt ?? at,
      modifiedAt: at,
      authorizedAt: at,
    };
    kept.set(model.name, connection);
    secrets.keep(secretName(model), secretText(model));
    return connection;
  }

  for (const model of models) put(model);

  return {
    ...keptByName(
      kept,
      (name) => `Failed to describe the connection(s). Connection '${name}' does not exist.`,
    ),
    put,
    deauthorize(connection) {
      const { token: _, ...others } = connection;
      const model = { ...connection.model, parameters: {} };
      kept.set(model.name, { ...others, model, state: 'DEAUTHORIZED', modifiedAt: now() });
      secrets.keep(secretName(model), secretText(model));
    },
    remove(name) {
      const connection = kept.get(name);
      if (connection) secrets.forget(secretName(connection.model));
      kept.delete(name);
    },
    secretArn: ({ model }) => secrets.arnOf(secretName(model)),
  };
}

/** E.g. `events!connection/billing/9f0c…` (LocalStack's record, test_api_destinations_and_connection.snapshot.json). */
function secretName({ name, arn }: ConnectionModel): string {
  return `events!connection/${name}/${arn.slice(arn.lastIndexOf('/') + 1)}`;
}
