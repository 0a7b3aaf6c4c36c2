import type { ApiStage } from '../../../aws/api-model.ts';
import { contextValue } from '../payloads/context-variables.ts';
import { type ApiRequest, headerOf, queryOf } from '../requests/api-request.ts';

/**
 * The part of a request that an identity source names: `$request.header.X` of an HTTP API, `method.request.header.X` of a REST API and
 * their like. Undefined where the request has no such thing.
 */
export function identityOf(
  source: string,
  request: ApiRequest,
  stage: ApiStage,
  context: Readonly<Record<string, unknown>>,
): string | undefined {
  const path = source.replace(/^(?:\$|method\.)/, '');
  const [, header] = /^request\.header\.(.+)$/.exec(path) ?? [];
  if (header !== undefined) return headerOf(request, header.toLowerCase()) || undefined;
  const [, parameter] = /^request\.querystring\.(.+)$/.exec(path) ?? [];
  if (parameter !== undefined) return queryOf(request).get(parameter)?.join(',') || undefined;
  const [, variable] = /^stageVariables\.(.+)$/.exec(path) ?? [];
  if (variable !== undefined) return stage.variables?.[variable];
  const [, member] = /^context\.(.+)$/.exec(path) ?? [];
  return member === undefined ? undefined : contextValue(context, member);
}
