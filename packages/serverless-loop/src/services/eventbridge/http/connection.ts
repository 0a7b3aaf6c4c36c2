import { AwsError } from '../../../aws/errors.ts';
import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import type { Read } from '../../../aws/members.ts';
import { ownModels } from '../../../template/stack-models.ts';
import type { AUTH_PARAMETERS } from './shapes.ts';

export type AuthorizationType = 'BASIC' | 'OAUTH_CLIENT_CREDENTIALS' | 'API_KEY';

export type AuthParameters = Read<typeof AUTH_PARAMETERS>;

/** A connection: how an API destination's requests are authorized, with its secrets. */
export interface ConnectionModel {
  /** Empty for one that a call has made. */
  logicalId: string;
  name: string;
  arn: string;
  description?: string;
  type: AuthorizationType;
  parameters: AuthParameters;
  kmsKeyIdentifier?: string;
}

const MEMBER_OF = {
  BASIC: 'BasicAuthParameters',
  OAUTH_CLIENT_CREDENTIALS: 'OAuthParameters',
  API_KEY: 'ApiKeyAuthParameters',
} as const;

/** Throws AwsError when the parameters are not those of the type. */
export function refuseOther(type: AuthorizationType, parameters: AuthParameters): void {
  if (parameters[MEMBER_OF[type]]) return;
  throw new AwsError(
    'ValidationException',
    `Parameter(s) AuthParameters.${MEMBER_OF[type]} must be specified for the authorization type ${type}.`,
  );
}

/** Parameters with what is given in the place of what was before, member by member. */
export function changedParameters(before: JsonObject, given: JsonObject): JsonObject {
  const changed = Object.entries(given).map(([name, value]) => {
    const old = before[name];
    return [name, isObject(old) && isObject(value) ? changedParameters(old, value) : value] as const;
  });
  return { ...before, ...Object.fromEntries(changed) };
}

/** Parameters as they are shown: no password, key or secret value. */
export function shownParameters({
  BasicAuthParameters: basic,
  ApiKeyAuthParameters: key,
  OAuthParameters: oauth,
  InvocationHttpParameters: invocation,
}: AuthParameters) {
  return {
    ...(basic && { BasicAuthParameters: { Username: basic.Username } }),
    ...(key && { ApiKeyAuthParameters: { ApiKeyName: key.ApiKeyName } }),
    ...(oauth && {
      OAuthParameters: {
        ClientParameters: { ClientID: oauth.ClientParameters.ClientID },
        AuthorizationEndpoint: oauth.AuthorizationEndpoint,
        HttpMethod: oauth.HttpMethod,
        ...(oauth.OAuthHttpParameters && { OAuthHttpParameters: shownParts(oauth.OAuthHttpParameters) }),
      },
    }),
    ...(invocation && { InvocationHttpParameters: shownParts(invocation) }),
  };
}

type HttpParts = NonNullable<AuthParameters['InvocationHttpParameters']>;

function shownParts({ HeaderParameters, QueryStringParameters, BodyParameters }: HttpParts) {
  return {
    ...(HeaderParameters && { HeaderParameters: HeaderParameters.map(shownPart) }),
    ...(QueryStringParameters && { QueryStringParameters: QueryStringParameters.map(shownPart) }),
    ...(BodyParameters && { BodyParameters: BodyParameters.map(shownPart) }),
  };
}

function shownPart({
  Key,
  Value,
  IsValueSecret = false,
}: NonNullable<HttpParts['HeaderParameters']>[number]) {
  return {
    ...(Key !== undefined && { Key }),
    ...(Value !== undefined && !IsValueSecret && { Value }),
    IsValueSecret,
  };
}

/** The secret's text, as EventBridge keeps it (LocalStack's record, test_api_destinations_and_connection.snapshot.json). */
export function secretText({ parameters }: ConnectionModel): string {
  const { BasicAuthParameters: basic, ApiKeyAuthParameters: key, OAuthParameters: oauth } = parameters;
  const { InvocationHttpParameters: invocation } = parameters;
  return JSON.stringify({
    ...(basic && { username: basic.Username, password: basic.Password }),
    ...(key && { api_key_name: key.ApiKeyName, api_key_value: key.ApiKeyValue }),
    ...(oauth && {
      client_id: oauth.ClientParameters.ClientID,
      client_secret: oauth.ClientParameters.ClientSecret,
      authorization_endpoint: oauth.AuthorizationEndpoint,
      http_method: oauth.HttpMethod,
    }),
    ...(invocation && { invocation_http_parameters: invocation }),
  });
}

export const connectionsOf = ownModels<ConnectionModel>('AWS::Events::Connection');
