import { didYouMean } from '../nearest.ts';
import type { Resource } from '../resource.ts';
import { ref } from '../yaml/call.ts';
import { entryOf, type Node, scalar, toPlain } from '../yaml/node.ts';
import { tree } from '../yaml/tree.ts';
import { authorizerPermissions } from './api-authorizers.ts';
import { restDomain } from './api-domain.ts';
import { type ApiEvent, isImplicit } from './api-events.ts';
import { digitsOf } from './logical-id.ts';
import { type Expanding, made } from './made.ts';
import { restDefinition } from './rest-definition.ts';
import { withResourcePolicy } from './rest-policy.ts';
import { withRestSettings } from './rest-settings.ts';
import { stageId as stageIdOf } from './stage-names.ts';
import { usagePlan } from './usage-plan.ts';

/** SAM developer guide, "AWS::Serverless::Api". */
const API_PROPERTIES = [
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
    if (!API_PROPERTIES.includes(name))
      complain(value.line, `${name}, no such property${didYouMean(name, API_PROPERTIES)}`);
  if (!given.has('StageName')) complain(line, 'StageName, expected text, found nothing');
  const events = allEvents.filter(({ type, apiId }) => type === 'Api' && apiId === logicalId);
  if (isImplicit(resource) && events.length === 0) return [];
  const definition = given.get('DefinitionBody');
  const uri = given.get('DefinitionUri');
  const defined = definition
    ? withRestSettings(definition, resource, events)
    : uri
      ? undefined
      : restDefinition(resource, events);
  const body = defined && withResourcePolicy(defined, resource, events);
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
  // SAM hashes its own definition; this one is the same in what it says, but not to the letter, and so are the digits.
  const described = body ?? uri;
  const deploymentId = `${logicalId}Deployment${digitsOf(described ? toPlain(described) : {})}`;
  const stageId = stageIdOf(logicalId, given.get('StageName'));
  const deployment = {
    RestApiId: ref(line, logicalId),
    Description: scalar(line, 'RestApi deployment'),
    StageName: given.has('OpenApiVersion') ? undefined : scalar(line, 'Stage'),
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
    made(resource, stageId, 'AWS::ApiGateway::Stage', stage, {
      line,
      alsoNamed: `${logicalId}.Stage`,
    }),
    ...authorizerPermissions(resource),
    ...restDomain(expanding),
    ...usagePlan(resource, stageId),
  ];
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
