import { boolean, integer, list, oneOf, required, structure, text, timestamp } from '../../../aws/members.ts';
import { readerApart } from '../../../aws/service.ts';
import { EVENTS_DIALECT } from '../shapes.ts';

/** Members of the operations on connections and API destinations, with the limits of the API's model. */

export const NAME = text({ min: 1, max: 64, pattern: String.raw`[\.\-_A-Za-z0-9]+` });

export const DESCRIPTION = text({ max: 512, pattern: '.*' });

/** A name, a password or a key. */
const AUTH_TEXT = {
  min: 1,
  max: 512,
  pattern: String.raw`[ \t]*[^\x00-\x1F:\x7F]+([ \t]+[^\x00-\x1F:\x7F]+)*[ \t]*`,
} as const;
const SECRET_TEXT = { ...AUTH_TEXT, sensitive: true } as const;

export const URL_TEXT = text({
  min: 1,
  max: 2_048,
  pattern: String.raw`((%[0-9A-Fa-f]{2}|[-()_.!~*';/?:@\x26=+$,A-Za-z0-9])+)([).!';/?:,])?`,
});

export const CONNECTION_ARN = text({
  min: 1,
  max: 1_600,
  pattern: String.raw`arn:aws([a-z]|-)*:events:([a-z]|\d|-)*:([0-9]{12})?:connection\/[\.\-_A-Za-z0-9]+\/[\-A-Za-z0-9]+`,
});

export const AUTHORIZATION_TYPE = oneOf(['BASIC', 'OAUTH_CLIENT_CREDENTIALS', 'API_KEY']);

export const HTTP_METHOD = oneOf(['HEAD', 'POST', 'PATCH', 'DELETE', 'PUT', 'GET', 'OPTIONS']);

export const CONNECTION_STATE = oneOf([
  'CREATING',
  'UPDATING',
  'DELETING',
  'AUTHORIZED',
  'DEAUTHORIZED',
  'AUTHORIZING',
  'DEAUTHORIZING',
  'ACTIVE',
  'FAILED_CONNECTIVITY',
]);

const HTTP_PARTS = structure({
  HeaderParameters: list(
    structure({
      Key: text({ max: 512, pattern: "[!#$%&'*+-.^_`|~0-9a-zA-Z]+" }),
      Value: text({ max: 512, pattern: String.raw`[ \t]*[\x20-\x7E]+([ \t]+[\x20-\x7E]+)*[ \t]*` }),
      IsValueSecret: boolean(),
    }),
    { min: 0, max: 100 },
  ),
  QueryStringParameters: list(
    structure({
      Key: text({ max: 512, pattern: String.raw`[^\x00-\x1F\x7F]+` }),
      Value: text({ max: 512, pattern: String.raw`[^\x00-\x09\x0B\x0C\x0E-\x1F\x7F]+` }),
      IsValueSecret: boolean(),
    }),
    { min: 0, max: 100 },
  ),
  BodyParameters: list(structure({ Key: text(), Value: text(), IsValueSecret: boolean() }), {
    min: 0,
    max: 100,
  }),
});

const OAUTH_METHOD = oneOf(['GET', 'POST', 'PUT']);

/** As a connection is made. */
export const AUTH_PARAMETERS = {
  BasicAuthParameters: structure({
    Username: required(text(AUTH_TEXT)),
    Password: required(text(SECRET_TEXT)),
  }),
  OAuthParameters: structure({
    ClientParameters: required(
      structure({ ClientID: required(text(AUTH_TEXT)), ClientSecret: required(text(SECRET_TEXT)) }),
    ),
    AuthorizationEndpoint: required(URL_TEXT),
    HttpMethod: required(OAUTH_METHOD),
    OAuthHttpParameters: HTTP_PARTS,
  }),
  ApiKeyAuthParameters: structure({
    ApiKeyName: required(text(AUTH_TEXT)),
    ApiKeyValue: required(text(SECRET_TEXT)),
  }),
  InvocationHttpParameters: HTTP_PARTS,
} as const;

/** Reads them where they are no call's as they stand: of a changed connection, and of a template's. */
export const readAuthParameters = readerApart(AUTH_PARAMETERS, EVENTS_DIALECT);

/** As a connection is changed: what is absent stays. */
export const CHANGED_PARAMETERS = {
  BasicAuthParameters: structure({ Username: text(AUTH_TEXT), Password: text(SECRET_TEXT) }),
  OAuthParameters: structure({
    ClientParameters: structure({ ClientID: text(AUTH_TEXT), ClientSecret: text(SECRET_TEXT) }),
    AuthorizationEndpoint: URL_TEXT,
    HttpMethod: OAUTH_METHOD,
    OAuthHttpParameters: HTTP_PARTS,
  }),
  ApiKeyAuthParameters: structure({ ApiKeyName: text(AUTH_TEXT), ApiKeyValue: text(SECRET_TEXT) }),
  InvocationHttpParameters: HTTP_PARTS,
} as const;

/** As a connection is shown: without its secrets. */
export const SHOWN_PARAMETERS = {
  BasicAuthParameters: structure({ Username: text() }),
  OAuthParameters: structure({
    ClientParameters: structure({ ClientID: text() }),
    AuthorizationEndpoint: text(),
    HttpMethod: text(),
    OAuthHttpParameters: HTTP_PARTS,
  }),
  ApiKeyAuthParameters: structure({ ApiKeyName: text() }),
  InvocationHttpParameters: HTTP_PARTS,
} as const;

export const CONNECTION_TIMES = {
  ConnectionArn: text(),
  ConnectionState: text(),
  CreationTime: timestamp(),
  LastModifiedTime: timestamp(),
} as const;

export const LISTED_CONNECTION = {
  ...CONNECTION_TIMES,
  Name: text(),
  StateReason: text(),
  AuthorizationType: text(),
  LastAuthorizedTime: timestamp(),
} as const;

export const MADE_DESTINATION = {
  ApiDestinationArn: text(),
  ApiDestinationState: text(),
  CreationTime: timestamp(),
  LastModifiedTime: timestamp(),
} as const;

export const LISTED_DESTINATION = {
  ...MADE_DESTINATION,
  Name: text(),
  ConnectionArn: text(),
  InvocationEndpoint: text(),
  HttpMethod: text(),
  InvocationRateLimitPerSecond: integer({ min: 1 }),
} as const;
