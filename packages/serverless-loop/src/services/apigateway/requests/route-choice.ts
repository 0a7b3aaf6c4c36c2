import type { ApiModel, ApiStage, RouteModel } from '../../../aws/api-model.ts';
import { decoded } from './api-request.ts';
import { Refusal } from './refusal.ts';

/** The stage and route of a request. */
export interface Chosen {
  stage: ApiStage;
  route: RouteModel;
  /** Undecoded, without the stage. */
  path: string;
  /** Values of the parameters in the route's path. */
  parameters: Record<string, string>;
}

/**
 * The stage that the path begins with, or `$default`, which none but HTTP APIs and URLs have; undefined where there is none.
 * The path that is left has one slash at its beginning.
 */
export function stageOf(api: ApiModel, path: string): { stage: ApiStage; path: string } | undefined {
  const [, first = '', rest = ''] = /^\/*([^/]*)(.*)$/s.exec(path) ?? [];
  const named = api.stages.find(
    ({ name }) => name === decoded(first) && (name !== '$default' || first !== ''),
  );
  if (named) return { stage: named, path: `/${rest.replace(/^\/+/, '')}` };
  const stage = api.stages.find(({ name }) => name === '$default');
  return stage && { stage, path };
}

/**
 * The route that a request takes: one that is written in full before one with parameters, and that before a greedy one, each
 * for its method before ANY (API Gateway guide, "Create routes for HTTP APIs", "Routing API requests"). Throws a Refusal.
 */
export function routeOf(api: ApiModel, method: string, path: string): Pick<Chosen, 'route' | 'parameters'> {
  const segments = segmentsOf(path);
  let best: { route: RouteModel; parameters: Record<string, string>; rank: number[] } | undefined;
  for (const route of api.routes) {
    if (route.path === '$default' || (route.method !== method && route.method !== 'ANY')) continue;
    const match = matchOf(segmentsOf(route.path), segments);
    if (!match) continue;
    const rank = [...match.rank, route.method === 'ANY' ? 1 : 0];
    if (!best || isBefore(rank, best.rank)) best = { route, parameters: match.parameters, rank };
  }
  const fallback =
    best ?? api.routes.flatMap((route) => (route.path === '$default' ? [{ route, parameters: {} }] : []))[0];
  // "… including the cases when the client attempts to invoke an unsupported API method or resource" (API Gateway guide,
  // "Gateway response types", MISSING_AUTHENTICATION_TOKEN).
  if (!fallback)
    throw new Refusal(api.protocol === 'REST' ? 'MISSING_AUTHENTICATION_TOKEN' : 'RESOURCE_NOT_FOUND');
  return fallback;
}

/**
 * A slash at the end counts for nothing; two in a row keep an empty segment between them (LocalStack's record,
 * tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json, "invocation-payload-with-double-slash").
 */
function segmentsOf(path: string): string[] {
  const inner = path.replace(/^\//, '').replace(/\/$/, '');
  return inner === '' ? [] : inner.split('/');
}

/** By segment 0 where it is written in full, 1 for a parameter, 2 for a greedy one. */
function matchOf(
  pattern: readonly string[],
  segments: readonly string[],
): { parameters: Record<string, string>; rank: number[] } | undefined {
  const parameters: [string, string][] = [];
  const rank: number[] = [];
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    const { name, greedy } = /^\{(?<name>[^}+]+)(?<greedy>\+?)\}$/.exec(part)?.groups ?? {};
    if (name !== undefined && greedy === '+') {
      parameters.push([name, segments.slice(index).join('/')]);
      return { parameters: Object.fromEntries(parameters), rank: [...rank, 2] };
    }
    if (name === undefined && part !== segment && part !== decoded(segment)) return undefined;
    if (name !== undefined) parameters.push([name, segment]);
    rank.push(name === undefined ? 0 : 1);
  }
  if (segments.length > pattern.length) return undefined;
  return { parameters: Object.fromEntries(parameters), rank };
}

function isBefore(one: readonly number[], other: readonly number[]): boolean {
  for (const [index, rank] of one.entries()) {
    const others = other[index] ?? 0;
    if (rank !== others) return rank < others;
  }
  return false;
}
