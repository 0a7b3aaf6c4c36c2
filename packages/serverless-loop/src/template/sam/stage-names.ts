import type { Resource } from '../resource.ts';
import { callOf } from '../yaml/call.ts';
import { type Node, textOf } from '../yaml/node.ts';

/** The API that all events without one of their own share, by logical id. */
export const IMPLICIT_REST_API = {
  ServerlessRestApi: 'AWS::ApiGateway::RestApi',
  ServerlessRestApiProdStage: 'AWS::ApiGateway::Stage',
};

/** The logical id of an API's stage. */
export function stageId(logicalId: string, stageName: Node | undefined): string {
  return `${logicalId}${writtenName(stageName) ?? ''}Stage`;
}

/** The end of a permission's logical id (aws-sam-translator, `Api` in eventsources/push.py). */
export function stageSuffix(restApiId: Node | undefined, declared: ReadonlyMap<string, Resource>): string {
  if (!restApiId) return 'Prod';
  const call = callOf(restApiId);
  const api = call?.name === 'Ref' ? declared.get(textOf(call.argument) ?? '') : undefined;
  if (api?.type !== 'AWS::Serverless::Api') return 'AllStages';
  return stageSuffixOf(api.properties.entries.get('StageName'));
}

/** The name by which SAM knows the stage of an event's API. */
export function stageSuffixOf(stageName: Node | undefined): string {
  return writtenName(stageName) ?? 'Stage';
}

/** The name of a stage; undefined for one that a parameter or another function gives. */
function writtenName(node: Node | undefined): string | undefined {
  const isOfParameter = node !== undefined && 'parameter' in node && node.parameter !== undefined;
  return isOfParameter ? undefined : textOf(node);
}
