import { createHash } from 'node:crypto';
import { didYouMean } from '../nearest.ts';
import type { Resource } from '../resource.ts';
import { ref } from '../yaml/call.ts';
import { entryOf, fields, type Node, scalar, textOf, toPlain } from '../yaml/node.ts';
import { type Branches, tree } from '../yaml/tree.ts';
import { type ApiEvent, invocationUri, isImplicit } from './api-events.ts';
import { authorizerPermissions, restSecurity, restSecurityOf } from './api-security.ts';
import { type Expanding, made } from './made.ts';
import { corsOptions, samCors } from './rest-cors.ts';
import { stageId } from './stage-names.ts';

/** SAM developer guide, "AWS::Serverless::Api". */
const apiProperties = [
  'AccessLogSetting',
  'AlwaysDeploy',
  'ApiKeySourceType',
  'Auth',
  'BinaryMediaTypes',
  'CacheClusterEnabled',
  'CacheClusterSize',
  'CanarySetting',
  'Cors',
  'DefinitionBody',
  'DefinitionUri',
  'Description',
  'DisableExecuteApiEndpoint',
  'Domain',
  'EndpointAccessMode',
  'EndpointConfiguration',
  'FailOnWarnings',
  'GatewayResponses',
  'MergeDefinitions',
  'MethodSettings',
  'MinimumCompressionSize',
  'Mode',
  'Models',
  'Name',
  'OpenApiVersion',
  'Policy',
  'PropagateTags',
  'SecurityPolicy',
  'StageName',
  'Tags',
  'TracingEnabled',
  'Variables',
];

/** AWS::Serverless::Api to the API, whose definition holds the routes of the functions' events, its deployment and stage. */
export function expandRestApi(expanding: Expanding, allEvents: readonly ApiEvent[]): Resource[] {
  const { resource, complain } = expanding;
  const { logicalId, line, dependsOn, properties } = resource;
  const given = properties.entries;
  for (const [name, value] of given)
    if (!apiProperties.includes(name))
      complain(value.line, `${name}, no such property${didYouMean(name, apiProperties)}`);
  if (!given.has('StageName')) complain(line, 'StageName, expected text, found nothing');
  const events = allEvents.filter(({ type, apiId }) => type === 'Api' && apiId === logicalId);
  if (isImplicit(resource) && events.length === 0) return [];
  const definition = given.get('DefinitionBody');
  const uri = given.get('DefinitionUri');
  const body = definition ?? (uri ? undefined : bodyOf(resource, events));
  const api = {
    ApiKeySourceType: given.get('ApiKeySourceType'),
    BinaryMediaTypes: binaryTypes(given.get('BinaryMediaTypes')),
    Body: body,
    BodyS3Location: body ? undefined : uri,
    Description: given.get('Description'),
    DisableExecuteApiEndpoint: given.get('DisableExecuteApiEndpoint'),
    EndpointConfiguration: endpointOf(given.get('EndpointConfiguration')),
    FailOnWarnings: given.get('FailOnWarnings'),
    MinimumCompressionSize: given.get('MinimumCompressionSize'),
    Mode: given.get('Mode'),
    Name: given.get('Name'),
    Policy: given.get('Policy'),
  };
  const deploymentId = `${logicalId}Deployment${digitsOf(body ?? uri)}`;
  const deployment = {
    RestApiId: ref(line, logicalId),
    Description: scalar(line, 'RestApi deployment'),
    StageName: scalar(line, 'Stage'),
  };
  const stage = {
    AccessLogSetting: given.get('AccessLogSetting'),
    CacheClusterEnabled: given.get('CacheClusterEnabled'),
    CacheClusterSize: given.get('CacheClusterSize'),
    CanarySetting: given.get('CanarySetting'),
    DeploymentId: ref(line, deploymentId),
    MethodSettings: given.get('MethodSettings'),
    RestApiId: ref(line, logicalId),
    StageName: given.get('StageName'),
    TracingEnabled: given.get('TracingEnabled'),
    Variables: given.get('Variables'),
  };
  return [
    made(resource, logicalId, 'AWS::ApiGateway::RestApi', api, { dependsOn }),
    made(resource, deploymentId, 'AWS::ApiGateway::Deployment', deployment, {
      line,
      alsoNamed: `${logicalId}.Deployment`,
    }),
    made(resource, stageIdOf(resource), 'AWS::ApiGateway::Stage', stage, {
      line,
      alsoNamed: `${logicalId}.Stage`,
    }),
    ...authorizerPermissions(resource),
    ...usagePlan(resource),
  ];
}

function stageIdOf({ logicalId, properties }: Resource): string {
  return stageId(logicalId, properties.entries.get('StageName'));
}

/** A new definition makes a new deployment; the digits are the loop's own. */
function digitsOf(definition: Node | undefined): string {
  const text = JSON.stringify(definition ? toPlain(definition) : '');
  return createHash('sha1').update(text).digest('hex').slice(0, 10);
}

/** SAM writes `~1` where JSON Pointers write a slash. */
function binaryTypes(given: Node | undefined): Node | undefined {
  if (given?.kind !== 'list') return given;
  const items = given.items.map((item) =>
    item.kind === 'scalar' ? scalar(item.line, item.text.replaceAll('~1', '/')) : item,
  );
  return { ...given, items };
}

function endpointOf(given: Node | undefined): Node | undefined {
  if (!given) return undefined;
  if (given.kind === 'scalar') return tree(given.line, { Types: [given] });
  return tree(given.line, {
    Types: [entryOf(given, 'Type')],
    VpcEndpointIds: entryOf(given, 'VPCEndpointIds'),
  });
}

function bodyOf(resource: Resource, events: readonly ApiEvent[]): Node {
  const { line, properties } = resource;
  const auth = properties.entries.get('Auth');
  const paths: Record<string, Record<string, Branches | Node>> = {};
  for (const event of events) {
    const path = paths[event.path] ?? {};
    paths[event.path] = path;
    path[event.method === 'any' ? 'x-amazon-apigateway-any-method' : event.method] = operationOf(event, auth);
  }
  const cors = samCors(properties.entries.get('Cors'));
  if (cors)
    for (const path of Object.values(paths)) path.options ??= corsOptions(line, cors, Object.keys(path));
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

function operationOf(event: ApiEvent, auth: Node | undefined): Branches {
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
function modelsOf(given: Node | undefined): Node | undefined {
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
function gatewayResponses(given: Node | undefined): Node | undefined {
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

/** `Auth.UsagePlan`: a plan, a key and what joins them, of this API alone (`PER_API`) or of all (`SHARED`). */
function usagePlan(resource: Resource): Resource[] {
  const { logicalId, line, properties } = resource;
  const plan = entryOf(properties.entries.get('Auth'), 'UsagePlan');
  const kind = textOf(entryOf(plan, 'CreateUsagePlan'));
  if (plan?.kind !== 'fields' || kind === undefined || kind === 'NONE') return [];
  const prefix = kind === 'SHARED' ? 'Serverless' : logicalId;
  const stage = textOf(properties.entries.get('StageName')) ?? '';
  const ids = { plan: `${prefix}UsagePlan`, key: `${prefix}ApiKey`, joint: `${prefix}UsagePlanKey` };
  return [
    made(
      resource,
      ids.plan,
      'AWS::ApiGateway::UsagePlan',
      {
        ApiStages: tree(line, [{ ApiId: ref(line, logicalId), Stage: stage }]),
        Description: plan.entries.get('Description'),
        Quota: plan.entries.get('Quota'),
        Throttle: plan.entries.get('Throttle'),
        UsagePlanName: plan.entries.get('UsagePlanName'),
      },
      { line, dependsOn: [{ logicalId: stageIdOf(resource), line }], alsoNamed: `${logicalId}.UsagePlan` },
    ),
    made(
      resource,
      ids.key,
      'AWS::ApiGateway::ApiKey',
      {
        Enabled: scalar(line, true),
        StageKeys: tree(line, [{ RestApiId: ref(line, logicalId), StageName: stage }]),
      },
      { line, dependsOn: [{ logicalId: ids.plan, line }], alsoNamed: `${logicalId}.ApiKey` },
    ),
    made(
      resource,
      ids.joint,
      'AWS::ApiGateway::UsagePlanKey',
      { KeyId: ref(line, ids.key), KeyType: scalar(line, 'API_KEY'), UsagePlanId: ref(line, ids.plan) },
      { line, alsoNamed: `${logicalId}.UsagePlanKey` },
    ),
  ];
}
