import { lowerFirst } from '../../aws/first-letter.ts';
import { didYouMean } from '../nearest.ts';
import type { Resource } from '../resource.ts';
import { ref } from '../yaml/call.ts';
import { joined, mapped } from '../yaml/maps.ts';
import { entryOf, fields, type Node, scalar, textOf } from '../yaml/node.ts';
import { type Branches, tree } from '../yaml/tree.ts';
import { authorizerPermissions } from './api-authorizers.ts';
import { httpDomain } from './api-domain.ts';
import { type ApiEvent, invocationUri, isImplicit } from './api-events.ts';
import { httpSecurity, securityOf } from './api-security.ts';
import { checkCors, HTTP_CORS } from './cors-rules.ts';
import { type Expanding, made } from './made.ts';
import { stageId } from './stage-names.ts';

/** SAM developer guide, "AWS::Serverless::HttpApi". */
const HTTP_API_PROPERTIES = [
  'AccessLogSettings',
  'Auth',
  'CorsConfiguration',
  'DefaultRouteSettings',
  'DefinitionBody',
  'DefinitionUri',
  'Description',
  'DisableExecuteApiEndpoint',
  'Domain',
  'FailOnWarnings',
  'Name',
  'PropagateTags',
  'RouteSettings',
  'StageName',
  'StageVariables',
  'Tags',
];

/** AWS::Serverless::HttpApi to the API, whose definition holds the routes of the functions' events, and its stage. */
export function expandHttpApi(expanding: Expanding, allEvents: readonly ApiEvent[]): Resource[] {
  const { resource, complain } = expanding;
  const { logicalId, line, dependsOn, properties } = resource;
  const given = properties.entries;
  for (const [name, value] of given)
    if (!HTTP_API_PROPERTIES.includes(name))
      complain(value.line, `${name}, no such property${didYouMean(name, HTTP_API_PROPERTIES)}`);
  checkCors(given.get('CorsConfiguration'), HTTP_CORS, complain);
  const events = allEvents.filter(({ type, apiId }) => type === 'HttpApi' && apiId === logicalId);
  if (isImplicit(resource) && events.length === 0) return [];
  const stageName = given.get('StageName') ?? scalar(line, '$default');
  const isDefault = textOf(stageName) === '$default';
  const definition = given.get('DefinitionBody');
  const uri = given.get('DefinitionUri');
  const api = {
    Body: definition
      ? withCors(withAuth(definition, given.get('Auth')), given.get('CorsConfiguration'))
      : uri
        ? undefined
        : bodyOf(resource, events),
    BodyS3Location: definition ? undefined : uri,
    Description: given.get('Description'),
    DisableExecuteApiEndpoint: given.get('DisableExecuteApiEndpoint'),
    FailOnWarnings: given.get('FailOnWarnings'),
    Name: given.get('Name'),
  };
  const stage = {
    ApiId: ref(line, logicalId),
    StageName: stageName,
    AutoDeploy: scalar(line, true),
    AccessLogSettings: given.get('AccessLogSettings'),
    DefaultRouteSettings: given.get('DefaultRouteSettings'),
    RouteSettings: given.get('RouteSettings'),
    StageVariables: given.get('StageVariables'),
  };
  return [
    made(resource, logicalId, 'AWS::ApiGatewayV2::Api', api, { dependsOn }),
    made(
      resource,
      isDefault ? `${logicalId}ApiGatewayDefaultStage` : stageId(logicalId, stageName),
      'AWS::ApiGatewayV2::Stage',
      stage,
      {
        line,
        alsoNamed: `${logicalId}.Stage`,
      },
    ),
    ...authorizerPermissions(resource),
    ...httpDomain(expanding),
  ];
}

function bodyOf(resource: Resource, events: readonly ApiEvent[]): Node {
  const { line, properties } = resource;
  const auth = properties.entries.get('Auth');
  const paths: Record<string, Record<string, Branches>> = {};
  for (const event of events) {
    const path = paths[event.path] ?? {};
    paths[event.path] = path;
    path[event.method === 'any' ? 'x-amazon-apigateway-any-method' : event.method] = {
      'x-amazon-apigateway-integration': {
        type: 'aws_proxy',
        httpMethod: 'POST',
        payloadFormatVersion: event.given.entries.get('PayloadFormatVersion') ?? '2.0',
        timeoutInMillis: event.given.entries.get('TimeoutInMillis'),
        uri: invocationUri(event.line, event.arnText),
      },
      isDefaultRoute: event.path === '$default' ? true : undefined,
      responses: fields(event.line, {}),
      security: securityOf(entryOf(event.given, 'Auth'), auth),
    };
  }
  const schemes = httpSecurity(auth);
  return tree(line, {
    openapi: '3.0.1',
    info: { title: properties.entries.get('Name') ?? ref(line, 'AWS::StackName'), version: '1.0' },
    paths,
    components: schemes && { securitySchemes: schemes },
    tags: [{ name: 'httpapi:createdBy', 'x-amazon-apigateway-tag-value': 'SAM' }],
    'x-amazon-apigateway-cors': corsOf(properties.entries.get('CorsConfiguration')),
  });
}

/** `true` allows every origin alone. */
function corsOf(given: Node | undefined): Node | undefined {
  if (!given || textOf(given) === 'false') return undefined;
  if (textOf(given) === 'true') return tree(given.line, { allowOrigins: ['*'] });
  if (given.kind !== 'fields') return undefined;
  const members = HTTP_CORS.flatMap((name) => {
    const value = given.entries.get(name);
    return value ? [[lowerFirst(name), value] as const] : [];
  });
  return fields(given.line, Object.fromEntries(members));
}

/** The template's own definition with the authorizers, and the default one where a method has none (aws-sam-translator, `_add_auth`). */
function withAuth(definition: Node, auth: Node | undefined): Node {
  const paths = entryOf(definition, 'paths');
  const schemes = httpSecurity(auth);
  if (definition.kind !== 'fields' || paths?.kind !== 'fields' || !auth || !schemes) return definition;
  const security = securityOf(undefined, auth);
  const secured = mapped(paths, (path) =>
    path.kind === 'fields' && security
      ? mapped(path, (method, name) => {
          const own = entryOf(method, 'security');
          const isGuarded = own?.kind === 'list' && own.items.length > 0;
          const isCalled = entryOf(method, 'x-amazon-apigateway-integration') !== undefined;
          if (name === 'options' || isGuarded || !isCalled) return method;
          return joined(method, tree(method.line, { security }));
        })
      : path,
  );
  const securitySchemes = tree(definition.line, { securitySchemes: schemes });
  const components = joined(entryOf(definition, 'components'), securitySchemes);
  return joined(definition, fields(definition.line, { paths: secured, components }));
}

function withCors(definition: Node, given: Node | undefined): Node {
  const cors = corsOf(given);
  if (definition.kind !== 'fields' || !cors) return definition;
  return { ...definition, entries: new Map([...definition.entries, ['x-amazon-apigateway-cors', cors]]) };
}
