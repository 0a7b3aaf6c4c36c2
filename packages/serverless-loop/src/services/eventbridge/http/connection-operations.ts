import { randomUUID } from 'node:crypto';
import { formatArn } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import { list, required, structure, text, timestamp } from '../../../aws/members.ts';
import { type EventsContext, listed, operation } from '../context.ts';
import { NEXT, PAGED } from '../shapes.ts';
import { changedParameters, refuseOther, shownParameters } from './connection.ts';
import type { Connection } from './connections.ts';
import {
  AUTH_PARAMETERS,
  AUTHORIZATION_TYPE,
  CHANGED_PARAMETERS,
  CONNECTION_STATE,
  CONNECTION_TIMES,
  DESCRIPTION,
  LISTED_CONNECTION,
  NAME,
  readAuthParameters,
  SHOWN_PARAMETERS,
} from './shapes.ts';

const NAMED = { Name: required(NAME) } as const;

const KMS_KEY = text({ max: 2_048, pattern: String.raw`[a-zA-Z0-9_\-/:]*` });

const CHANGED = { ...CONNECTION_TIMES, LastAuthorizedTime: timestamp() } as const;

/** The operations on connections; words and answers are of LocalStack's record, test_api_destinations_and_connection.snapshot.json. */
export const CONNECTION_OPERATIONS = {
  CreateConnection: operation({
    input: {
      ...NAMED,
      Description: DESCRIPTION,
      AuthorizationType: required(AUTHORIZATION_TYPE),
      AuthParameters: required(structure(AUTH_PARAMETERS)),
      KmsKeyIdentifier: KMS_KEY,
    },
    output: CONNECTION_TIMES,
    needs: ({ Name }, context) => [connectionArn(Name, context)],
    handle(input, context) {
      const { Name: name, Description, AuthorizationType: type, AuthParameters, KmsKeyIdentifier } = input;
      if (context.connections.find(name))
        throw new AwsError('ResourceAlreadyExistsException', `Connection ${name} already exists.`);
      refuseOther(type, AuthParameters);
      const connection = context.connections.put({
        logicalId: '',
        name,
        arn: formatArn(context.place, 'events', `connection/${name}/${randomUUID()}`),
        ...(Description !== undefined && { description: Description }),
        ...(KmsKeyIdentifier !== undefined && { kmsKeyIdentifier: KmsKeyIdentifier }),
        type,
        parameters: AuthParameters,
      });
      context.authorizeSoon(connection);
      return timesView(connection);
    },
  }),
  UpdateConnection: operation({
    input: {
      ...NAMED,
      Description: DESCRIPTION,
      AuthorizationType: AUTHORIZATION_TYPE,
      AuthParameters: structure(CHANGED_PARAMETERS),
      KmsKeyIdentifier: KMS_KEY,
    },
    output: CHANGED,
    needs: ({ Name }, context) => [connectionArn(Name, context)],
    handle(input, context) {
      const { model } = context.connections.get(input.Name);
      const { Description, AuthorizationType: type = model.type, AuthParameters, KmsKeyIdentifier } = input;
      const before: JsonObject = type === model.type ? { ...model.parameters } : {};
      // Of a changed connection all must be there that one is made with.
      const parameters = readAuthParameters(changedParameters(before, { ...AuthParameters }));
      refuseOther(type, parameters);
      const connection = context.connections.put({
        ...model,
        ...(Description !== undefined && { description: Description }),
        ...(KmsKeyIdentifier !== undefined && { kmsKeyIdentifier: KmsKeyIdentifier }),
        type,
        parameters,
      });
      context.authorizeSoon(connection);
      return changedView(connection);
    },
  }),
  DescribeConnection: operation({
    input: NAMED,
    output: {
      ...LISTED_CONNECTION,
      Description: text(),
      SecretArn: text(),
      KmsKeyIdentifier: text(),
      AuthParameters: structure(SHOWN_PARAMETERS),
    },
    needs: ({ Name }, context) => [connectionArn(Name, context)],
    handle({ Name }, { connections }) {
      const connection = connections.get(Name);
      const { description, kmsKeyIdentifier, parameters } = connection.model;
      return {
        ...listedView(connection),
        Description: description,
        SecretArn: connections.secretArn(connection),
        KmsKeyIdentifier: kmsKeyIdentifier,
        AuthParameters: shownParameters(parameters),
      };
    },
  }),
  ListConnections: operation({
    input: { NamePrefix: NAME, ConnectionState: CONNECTION_STATE, ...PAGED },
    output: { Connections: list(structure(LISTED_CONNECTION)), ...NEXT },
    needs: () => ['*'],
    handle(input, { connections }) {
      const { NamePrefix = '', ConnectionState } = input;
      const found = connections
        .list()
        .filter(({ model }) => model.name.startsWith(NamePrefix))
        .filter(({ state }) => ConnectionState === undefined || state === ConnectionState);
      const { items, nextToken } = listed('ListConnections', found, input, ({ model }) => model.name);
      return { Connections: items.map(listedView), NextToken: nextToken };
    },
  }),
  DeauthorizeConnection: operation({
    input: NAMED,
    output: CHANGED,
    needs: ({ Name }, context) => [connectionArn(Name, context)],
    handle({ Name }, { connections }) {
      const connection = connections.get(Name);
      connections.deauthorize(connection);
      return { ...changedView(connection), ConnectionState: 'DEAUTHORIZING' };
    },
  }),
  DeleteConnection: operation({
    input: NAMED,
    output: CHANGED,
    needs: ({ Name }, context) => [connectionArn(Name, context)],
    handle({ Name }, { connections }) {
      const connection = connections.get(Name);
      connections.remove(Name);
      return { ...changedView(connection), ConnectionState: 'DELETING' };
    },
  }),
};

/** For permissions: the end of the ARN is EventBridge's own. */
function connectionArn(name = '*', { place, connections }: EventsContext): string {
  return connections.find(name)?.model.arn ?? formatArn(place, 'events', `connection/${name}/*`);
}

function timesView({ model, state, createdAt, modifiedAt }: Connection) {
  return {
    ConnectionArn: model.arn,
    ConnectionState: state,
    CreationTime: createdAt,
    LastModifiedTime: modifiedAt,
  };
}

function changedView(connection: Connection) {
  return { ...timesView(connection), LastAuthorizedTime: connection.authorizedAt };
}

function listedView(connection: Connection) {
  const { model, stateReason } = connection;
  return {
    ...changedView(connection),
    Name: model.name,
    AuthorizationType: model.type,
    StateReason: stateReason,
  };
}
