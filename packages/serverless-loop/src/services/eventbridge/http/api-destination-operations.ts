import { randomUUID } from 'node:crypto';
import { formatArn } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import { integer, list, required, structure, text } from '../../../aws/members.ts';
import { type EventsContext, listed, operation } from '../context.ts';
import { NEXT, PAGED } from '../shapes.ts';
import { type ApiDestination, DEFAULT_RATE } from './api-destinations.ts';
import {
  CONNECTION_ARN,
  DESCRIPTION,
  HTTP_METHOD,
  LISTED_DESTINATION,
  MADE_DESTINATION,
  NAME,
  URL_TEXT,
} from './shapes.ts';

const NAMED = { Name: required(NAME) } as const;

const RATE = integer({ min: 1 });

/** The operations on API destinations; words and answers are of LocalStack's record, test_api_destinations_and_connection.snapshot.json. */
export const API_DESTINATION_OPERATIONS = {
  CreateApiDestination: operation({
    input: {
      ...NAMED,
      Description: DESCRIPTION,
      ConnectionArn: required(CONNECTION_ARN),
      InvocationEndpoint: required(URL_TEXT),
      HttpMethod: required(HTTP_METHOD),
      InvocationRateLimitPerSecond: RATE,
    },
    output: MADE_DESTINATION,
    needs: ({ Name }, context) => [destinationArn(Name, context)],
    handle(input, context) {
      const { Name: name, Description } = input;
      if (context.apiDestinations.find(name))
        throw new AwsError('ResourceAlreadyExistsException', `An api-destination '${name}' already exists.`);
      refuseUnconnected(input.ConnectionArn, context);
      const destination = context.apiDestinations.put({
        logicalId: '',
        name,
        arn: formatArn(context.place, 'events', `api-destination/${name}/${randomUUID()}`),
        ...(Description !== undefined && { description: Description }),
        connectionArn: input.ConnectionArn,
        endpoint: input.InvocationEndpoint,
        method: input.HttpMethod,
        ratePerSecond: input.InvocationRateLimitPerSecond ?? DEFAULT_RATE,
      });
      return madeView(destination, context);
    },
  }),
  UpdateApiDestination: operation({
    input: {
      ...NAMED,
      Description: DESCRIPTION,
      ConnectionArn: CONNECTION_ARN,
      InvocationEndpoint: URL_TEXT,
      HttpMethod: HTTP_METHOD,
      InvocationRateLimitPerSecond: RATE,
    },
    output: MADE_DESTINATION,
    needs: ({ Name }, context) => [destinationArn(Name, context)],
    handle(input, context) {
      const { model } = context.apiDestinations.get(input.Name);
      const {
        Description,
        ConnectionArn: connectionArn = model.connectionArn,
        InvocationEndpoint: endpoint = model.endpoint,
        HttpMethod: method = model.method,
        InvocationRateLimitPerSecond: ratePerSecond = model.ratePerSecond,
      } = input;
      if (input.ConnectionArn !== undefined) refuseUnconnected(connectionArn, context);
      const destination = context.apiDestinations.put({
        ...model,
        ...(Description !== undefined && { description: Description }),
        connectionArn,
        endpoint,
        method,
        ratePerSecond,
      });
      return madeView(destination, context);
    },
  }),
  DescribeApiDestination: operation({
    input: NAMED,
    output: { ...LISTED_DESTINATION, Description: text() },
    needs: ({ Name }, context) => [destinationArn(Name, context)],
    handle({ Name }, context) {
      const destination = context.apiDestinations.get(Name);
      return { ...listedView(destination, context), Description: destination.model.description };
    },
  }),
  ListApiDestinations: operation({
    input: { NamePrefix: NAME, ConnectionArn: CONNECTION_ARN, ...PAGED },
    output: { ApiDestinations: list(structure(LISTED_DESTINATION)), ...NEXT },
    needs: () => ['*'],
    handle(input, context) {
      const { NamePrefix = '', ConnectionArn } = input;
      const found = context.apiDestinations
        .list()
        .filter(({ model }) => model.name.startsWith(NamePrefix))
        .filter(({ model }) => ConnectionArn === undefined || model.connectionArn === ConnectionArn);
      const { items, nextToken } = listed('ListApiDestinations', found, input, ({ model }) => model.name);
      return { ApiDestinations: items.map((it) => listedView(it, context)), NextToken: nextToken };
    },
  }),
  DeleteApiDestination: operation({
    input: NAMED,
    output: {},
    needs: ({ Name }, context) => [destinationArn(Name, context)],
    handle({ Name }, { apiDestinations }) {
      apiDestinations.get(Name);
      apiDestinations.remove(Name);
      return {};
    },
  }),
};

/** For permissions: the end of the ARN is EventBridge's own. */
function destinationArn(name = '*', { place, apiDestinations }: EventsContext): string {
  return apiDestinations.find(name)?.model.arn ?? formatArn(place, 'events', `api-destination/${name}/*`);
}

function refuseUnconnected(arn: string, { connections }: EventsContext): void {
  if (connections.byArn(arn)) return;
  const [, name = arn] = /:connection\/([^/]+)\//.exec(arn) ?? [];
  throw new AwsError('ResourceNotFoundException', `Connection '${name}' does not exist.`);
}

/** One whose connection isn't authorized yet, or no more, is inactive. */
function madeView({ model, createdAt, modifiedAt }: ApiDestination, { connections }: EventsContext) {
  const isActive = connections.byArn(model.connectionArn)?.state === 'AUTHORIZED';
  return {
    ApiDestinationArn: model.arn,
    ApiDestinationState: isActive ? 'ACTIVE' : 'INACTIVE',
    CreationTime: createdAt,
    LastModifiedTime: modifiedAt,
  };
}

function listedView(destination: ApiDestination, context: EventsContext) {
  const { model } = destination;
  return {
    ...madeView(destination, context),
    Name: model.name,
    ConnectionArn: model.connectionArn,
    InvocationEndpoint: model.endpoint,
    HttpMethod: model.method,
    InvocationRateLimitPerSecond: model.ratePerSecond,
  };
}
