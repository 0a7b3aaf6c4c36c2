import type { Resource } from '../resource.ts';
import { joined, mapped } from '../yaml/maps.ts';
import { entryOf, type Fields, fields, type Node, textOf } from '../yaml/node.ts';
import { tree } from '../yaml/tree.ts';
import type { ApiEvent } from './api-events.ts';
import { restSecurity, securedMethod } from './api-security.ts';
import { corsOptions, samCors } from './rest-cors.ts';
import { gatewayResponses, methodName, modelsOf, operationOf } from './rest-definition.ts';

/**
 * The template's own definition with what the API's other properties add to it: Cors, Auth, GatewayResponses and Models, and with
 * MergeDefinitions the routes of events (SAM developer guide, "AWS::Serverless::Api"; the order is aws-sam-translator's,
 * `_construct_rest_api`). One that isn't a map with `paths` stays as it is.
 */
export function withRestSettings(definition: Node, resource: Resource, events: readonly ApiEvent[]): Node {
  const paths = entryOf(definition, 'paths');
  if (definition.kind !== 'fields' || paths?.kind !== 'fields') return definition;
  const { line, properties } = resource;
  const given = (name: string) => properties.entries.get(name);
  const auth = given('Auth');
  const isMerged = textOf(given('MergeDefinitions')) === 'true';
  const routed = isMerged ? events.reduce((all, event) => withRoute(all, event, auth), paths) : paths;
  const cors = samCors(given('Cors'));
  const answering = mapped(routed, (path) => {
    if (path.kind !== 'fields' || !cors || path.entries.has('options')) return path;
    return { ...path, entries: new Map([...path.entries, ['options', optionsOf(line, cors, path)]]) };
  });
  const secured = auth
    ? mapped(answering, (path) =>
        path.kind === 'fields' ? mapped(path, (method, name) => securedMethod(method, name, auth)) : path,
      )
    : answering;
  const isOpenApi = definition.entries.has('openapi');
  const schemes =
    auth && joined(entryOf(definition, 'securityDefinitions'), tree(line, restSecurity(line, auth)));
  const models = modelsOf(given('Models'));
  const definitions = models && joined(entryOf(definition, 'definitions'), models);
  const responses = gatewayResponses(given('GatewayResponses'));
  const added = {
    paths: secured,
    ...(isOpenApi
      ? {
          components: joined(
            entryOf(definition, 'components'),
            fields(line, { securitySchemes: schemes, schemas: definitions }),
          ),
        }
      : { securityDefinitions: schemes, definitions }),
    'x-amazon-apigateway-gateway-responses':
      responses && joined(entryOf(definition, 'x-amazon-apigateway-gateway-responses'), responses),
  };
  return joined(definition, fields(line, added));
}

function withRoute(paths: Fields, event: ApiEvent, auth: Node | undefined): Fields {
  const path = entryOf(paths, event.path);
  const name = methodName(event);
  const operation = joined(entryOf(path, name), tree(event.line, operationOf(event, auth)));
  return joined(
    paths,
    fields(event.line, { [event.path]: joined(path, fields(event.line, { [name]: operation })) }),
  );
}

function optionsOf(line: number, cors: Parameters<typeof corsOptions>[1], path: Fields): Node {
  return tree(line, corsOptions(line, cors, [...path.entries.keys()]));
}
