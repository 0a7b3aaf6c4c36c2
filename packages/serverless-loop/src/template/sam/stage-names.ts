import type { Resource } from '../resource.ts';
import { callOf } from '../yaml/call.ts';
import { type Node, textOf } from '../yaml/node.ts';
import { digitsOf } from './logical-id.ts';

/** The API that all events without one of their own share, by logical id. */
export const IMPLICIT_REST_API = {
  ServerlessRestApi: 'AWS::ApiGateway::RestApi',
  ServerlessRestApiProdStage: 'AWS::ApiGateway::Stage',
};

/** The logical id of an API's stage; other signs than letters and digits can't stand in it (aws-sam-translator, `_construct_stage`). */
export function stageId(logicalId: string, stageName: Node | undefined): string {
  const name = writtenName(stageName) ?? '';
  return isAlphanumeric(name) ? `${logicalId}${name}Stage` : `${logicalId}Stage${digitsOf(name)}`;
}

function isAlphanumeric(text: string): boolean {
  return /^[\p{L}\p{N}]+$/u.test(text);
}

/** The end of a permission's logical id (aws-sam-translator, `Api` in eventsources/push.py). */
export function stageSuffix(restApiId: Node | undefined, declared: ReadonlyMap<string, Resource>): string {
  if (!restApiId) return 'Prod';
  const call = callOf(restApiId);
  const api = call?.name === 'Ref' ? declared.get(textOf(call.argument) ?? '') : undefined;
  if (api?.type !== 'AWS::Serverless::Api') return 'AllStages';
  const suffix = stageSuffixOf(api.properties.entries.get('StageName'));
  return isAlphanumeric(suffix) ? suffix : digitsOf(suffix);
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
