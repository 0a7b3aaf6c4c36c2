import type { ApiStage } from '../../../aws/api-model.ts';
import { type Limit, limitOf } from '../requests/throttle.ts';
import { mapOf, numberOf, wordOf } from './plain.ts';

/** A stage's settings as AWS's API has them, its members' names in either case. */
type Given = Readonly<Record<string, unknown>>;

/** Limits of single routes, by method and path. */
type RouteLimits = NonNullable<ApiStage['routeThrottles']>;

/** Limits of an HTTP API's routes: `RouteSettings`, by route key (API Gateway API reference, "CreateStage"). */
export function routeLimits(settings: unknown): Pick<ApiStage, 'routeThrottles'> {
  return limits(
    Object.entries(mapOf(settings)).map(([key, given]) => {
      const { ThrottlingRateLimit, ThrottlingBurstLimit } = mapOf(given);
      return [key, limitOf(numberOf(ThrottlingRateLimit), numberOf(ThrottlingBurstLimit))];
    }),
  );
}

/**
 * Limits of a REST API's methods (template reference, "AWS::ApiGateway::Stage MethodSetting"): a path's slashes are `~1` behind
 * the first; the settings of all methods of all paths are the stage's own.
 */
export function methodLimits(
  settings: readonly { path: string; method: string; rate: unknown; burst: unknown }[],
): Pick<ApiStage, 'throttle' | 'routeThrottles'> {
  const found = settings.map(({ path, method, rate, burst }) => {
    const plain = `/${path.replaceAll('~1', '/').replace(/^\/+/, '')}`;
    return [`${method} ${plain}`, limitOf(ofLimit(rate), ofLimit(burst))] as const;
  });
  const ofAll = found.find(([key]) => key === '* /*')?.[1];
  return { ...(ofAll && { throttle: ofAll }), ...limits(found.filter(([key]) => key !== '* /*')) };
}

/** A limit of the route before the stage's own, and the bucket that it is counted in. */
export function limitFor(
  { throttle, routeThrottles = {} }: ApiStage,
  method: string,
  route: { method: string; path: string },
): { limit: Limit | undefined; bucket: string } {
  const keys = [`${method} ${route.path}`, `${route.method} ${route.path}`, `* ${route.path}`, route.path];
  for (const key of keys)
    if (Object.hasOwn(routeThrottles, key)) return { limit: routeThrottles[key], bucket: ` ${key}` };
  return { limit: throttle, bucket: '' };
}

/** The place of a stage's access log, and the form of its lines. */
export function accessLogOf(given: Given): Pick<ApiStage, 'accessLog'> {
  const destinationArn = wordOf(given.DestinationArn ?? given.destinationArn);
  const format = wordOf(given.Format ?? given.format);
  if (destinationArn === undefined || format === undefined) return {};
  return { accessLog: { destinationArn, format } };
}

function limits(found: readonly (readonly [string, Limit | undefined])[]): Pick<ApiStage, 'routeThrottles'> {
  const said = found.filter((each): each is readonly [string, Limit] => each[1] !== undefined);
  const routeThrottles: RouteLimits = Object.fromEntries(said);
  return said.length > 0 ? { routeThrottles } : {};
}

/** A stage says -1 of a limit that it hasn't. */
function ofLimit(given: unknown): number | undefined {
  const number = numberOf(given);
  return number !== undefined && number >= 0 ? number : undefined;
}
