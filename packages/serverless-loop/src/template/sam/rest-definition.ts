import type { Resource } from '../resource.ts';
import { ref } from '../yaml/call.ts';
import { entryOf, fields, type Node, textOf } from '../yaml/node.ts';
import { type Branches, tree } from '../yaml/tree.ts';
import { type ApiEvent, invocationUri } from './api-events.ts';
import { preflightSecurity, restSecurity, restSecurityOf } from './api-security.ts';
import { corsOptions, samCors } from './rest-cors.ts';

/** The definition of an API that has none: the routes of its functions' events, in Swagger 2.0 as SAM writes it. */
export function restDefinition(resource: Resource, events: readonly ApiEvent[]): Node {
  const { line, properties } = resource;
  const auth = properties.entries.get('Auth');
  const paths: Record<string, Record<string, Branches | Node>> = {};
  for (const event of events) {
    const path = paths[event.path] ?? {};
    paths[event.path] = path;
    path[methodName(event)] = operationOf(event, auth);
  }
  const cors = samCors(properties.entries.get('Cors'));
  if (cors)
    for (const path of Object.values(paths))
      path.options ??= { ...corsOptions(line, cors, Object.keys(path)), security: preflightSecurity(auth) };
  return tree(line, {
    swagger: '2.0',
    info: { title: properties.entries.get('Name') ?? ref(line, 'AWS::StackName'), version: '1.0' },
    paths,
    definitions: modelsOf(properties.entries.get('Models')),
    securityDefinitions: restSecurity(line, auth),
    'x-amazon-apigateway-gateway-responses': gatewayResponses(properties.entries.get('GatewayResponses')),
    ...(events.some(
      ({ given }) => given.entries.has('RequestModel') || given.entries.has('RequestParameters'),
    ) && {
      'x-amazon-apigateway-request-validators': {
        'body-only': { validateRequestBody: true, validateRequestParameters: false },
        'params-only': { validateRequestBody: false, validateRequestParameters: true },
        full: { validateRequestBody: true, validateRequestParameters: true },
      },
    }),
  });
}

/** As definitions name the method of an event. */
export function methodName({ method }: Pick<ApiEvent, 'method'>): string {
  return method === 'any' ? 'x-amazon-apigateway-any-method' : method;
}

export function operationOf(event: ApiEvent, auth: Node | undefined): Branches {
  const { given, line } = event;
  const model = given.entries.get('RequestModel');
  const modelName = textOf(entryOf(model, 'Model'));
  const validatesBody = textOf(entryOf(model, 'ValidateBody')) === 'true';
  const validatesParameters = textOf(entryOf(model, 'ValidateParameters')) === 'true';
  const parameters = parametersOf(given.entries.get('RequestParameters'));
  const validator =
    validatesBody && validatesParameters
      ? 'full'
      : validatesBody
        ? 'body-only'
        : validatesParameters
          ? 'params-only'
          : undefined;
  return {
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy',
      httpMethod: 'POST',
      timeoutInMillis: given.entries.get('TimeoutInMillis'),
      uri: invocationUri(line, event.arnText),
    },
    responses: fields(line, {}),
    parameters:
      modelName !== undefined || parameters.length > 0
        ? [
            ...parameters,
            modelName === undefined
              ? undefined
              : {
                  in: 'body',
                  name: modelName.toLowerCase(),
                  schema: { $ref: `#/definitions/${modelName.toLowerCase()}` },
                  required: textOf(entryOf(model, 'Required')) === 'true',
                },
          ]
        : undefined,
    'x-amazon-apigateway-request-validator': validator,
    security: restSecurityOf(given.entries.get('Auth'), auth),
  };
}

/** SAM writes the names of models in lower case, where it defines them and where it refers to them. */
export function modelsOf(given: Node | undefined): Node | undefined {
  if (given?.kind !== 'fields') return given;
  const entries = [...given.entries].map(([name, schema]) => [name.toLowerCase(), schema] as const);
  return { ...given, entries: new Map(entries) };
}

/** `method.request.header.X-Tenant`, or a map of it with `Required`. */
function parametersOf(given: Node | undefined): Branches[] {
  if (given?.kind !== 'list') return [];
  return given.items.flatMap((item) => {
    const [name, settings] =
      item.kind === 'fields' ? ([...item.entries][0] ?? []) : [textOf(item), undefined];
    const [, place, parameter] = /^method\.request\.(querystring|path|header)\.(.+)$/.exec(name ?? '') ?? [];
    if (place === undefined || parameter === undefined) return [];
    const isRequired = place === 'path' || textOf(entryOf(settings, 'Required')) === 'true';
    return [
      {
        in: place === 'querystring' ? 'query' : place,
        name: parameter,
        type: 'string',
        required: isRequired,
      },
    ];
  });
}

/** SAM's members in OpenAPI's words. */
export function gatewayResponses(given: Node | undefined): Node | undefined {
  if (given?.kind !== 'fields') return undefined;
  const responses = [...given.entries].map(([kind, response]) => {
    const parameters = entryOf(response, 'ResponseParameters');
    const named: Record<string, Node> = {};
    for (const [member, place] of [
      ['Headers', 'header'],
      ['Paths', 'path'],
      ['QueryStrings', 'querystring'],
    ] as const) {
      const values = entryOf(parameters, member);
      if (values?.kind === 'fields')
        for (const [name, value] of values.entries) named[`gatewayresponse.${place}.${name}`] = value;
    }
    return [
      kind,
      tree(response.line, {
        responseParameters: named,
        responseTemplates: entryOf(response, 'ResponseTemplates'),
        statusCode: entryOf(response, 'StatusCode'),
      }),
    ] as const;
  });
  return fields(given.line, Object.fromEntries(responses));
}
