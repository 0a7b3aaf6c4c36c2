import type { Resource } from '../resource.ts';
import { callOf, ref } from '../yaml/call.ts';
import { entryOf, type Node, textOf } from '../yaml/node.ts';
import { type Expanding, made } from './made.ts';

/** The API that all events without one of their own share, by logical id. */
export const IMPLICIT_REST_API = {
  ServerlessRestApi: 'AWS::ApiGateway::RestApi',
  ServerlessRestApiProdStage: 'AWS::ApiGateway::Stage',
};

/** The same of HTTP APIs. */
export const IMPLICIT_HTTP_API = {
  ServerlessHttpApi: 'AWS::ApiGatewayV2::Api',
  ServerlessHttpApiApiGatewayDefaultStage: 'AWS::ApiGatewayV2::Stage',
};

/**
 * AWS::Serverless::Api to the API and its stage, with the usage plan and the key that its Auth asks for. SAM makes a deployment,
 * too, whose name is a hash of the API's definition: nothing here refers to it.
 */
export function expandRestApi({ resource }: Expanding): Resource[] {
  const { logicalId, properties } = resource;
  const { entries } = properties;
  const notEmulated = 'AWS::Serverless::Api is not emulated';
  const stage = made(
    resource,
    stageId(logicalId, entries.get('StageName')),
    'AWS::ApiGateway::Stage',
    { RestApiId: ref(resource.line, logicalId), StageName: entries.get('StageName') },
    { alsoNamed: `${logicalId}.Stage`, notEmulated },
  );
  return [
    made(
      resource,
      logicalId,
      'AWS::ApiGateway::RestApi',
      { Name: entries.get('Name') },
      { dependsOn: resource.dependsOn, notEmulated },
    ),
    stage,
    ...usagePlan(resource, entryOf(entries.get('Auth'), 'UsagePlan'), notEmulated),
  ];
}

/** AWS::Serverless::HttpApi to the API and its stage. */
export function expandHttpApi({ resource }: Expanding): Resource[] {
  const { logicalId, properties } = resource;
  const { entries } = properties;
  const notEmulated = 'AWS::Serverless::HttpApi is not emulated';
  const stageName = entries.get('StageName');
  const id =
    stageName === undefined || textOf(stageName) === '$default'
      ? `${logicalId}ApiGatewayDefaultStage`
      : stageId(logicalId, stageName);
  return [
    made(
      resource,
      logicalId,
      'AWS::ApiGatewayV2::Api',
      { Name: entries.get('Name') },
      { dependsOn: resource.dependsOn, notEmulated },
    ),
    made(
      resource,
      id,
      'AWS::ApiGatewayV2::Stage',
      { ApiId: ref(resource.line, logicalId), StageName: stageName },
      { alsoNamed: `${logicalId}.Stage`, notEmulated },
    ),
  ];
}

function stageId(logicalId: string, stageName: Node | undefined): string {
  const name = writtenName(stageName);
  return name === undefined ? `${logicalId}Stage` : `${logicalId}${name}Stage`;
}

/** The end of a permission's logical id (aws-sam-translator, `Api` in eventsources/push.py). */
export function stageSuffix(restApiId: Node | undefined, declared: ReadonlyMap<string, Resource>): string {
  if (!restApiId) return 'Prod';
  const call = callOf(restApiId);
  const api = call?.name === 'Ref' ? declared.get(textOf(call.argument) ?? '') : undefined;
  if (api?.type !== 'AWS::Serverless::Api') return 'AllStages';
  return writtenName(api.properties.entries.get('StageName')) ?? 'Stage';
}

/** The name of a stage; undefined for one that a parameter or another function gives. */
function writtenName(node: Node | undefined): string | undefined {
  const isOfParameter = node !== undefined && 'parameter' in node && node.parameter !== undefined;
  return isOfParameter ? undefined : textOf(node);
}

function usagePlan(resource: Resource, plan: Node | undefined, notEmulated: string): Resource[] {
  const create = textOf(entryOf(plan, 'CreateUsagePlan'));
  const prefix = create === 'PER_API' ? resource.logicalId : create === 'SHARED' ? 'Serverless' : undefined;
  if (prefix === undefined) return [];
  const kinds: [string, string, string][] = [
    ['UsagePlan', 'AWS::ApiGateway::UsagePlan', 'UsagePlan'],
    ['ApiKey', 'AWS::ApiGateway::ApiKey', 'ApiKey'],
    ['UsagePlanKey', 'AWS::ApiGateway::UsagePlanKey', 'UsagePlanKey'],
  ];
  return kinds.map(([suffix, type, name]) =>
    made(
      resource,
      `${prefix}${suffix}`,
      type,
      {},
      { notEmulated, alsoNamed: `${resource.logicalId}.${name}` },
    ),
  );
}
