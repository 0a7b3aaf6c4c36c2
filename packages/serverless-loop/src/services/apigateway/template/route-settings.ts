import type { ApiStage, RouteAuth } from '../../../aws/api-model.ts';
import { parseArn } from '../../../aws/arn.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';
import { accessLogOf } from '../definition/stage-settings.ts';
import { limitOf } from '../requests/throttle.ts';

export function readAuth(properties: Properties): RouteAuth {
  const type = properties.text('AuthorizationType') ?? 'NONE';
  if (type === 'NONE') return { kind: 'none' };
  if (type === 'AWS_IAM') return { kind: 'iam' };
  const name = properties.text('AuthorizerId') ?? '';
  return { kind: 'authorizer', name, scopes: properties.texts('AuthorizationScopes') };
}

export function throttleOf(
  settings: Properties | undefined,
  names = { rate: 'ThrottlingRateLimit', burst: 'ThrottlingBurstLimit' },
): ApiStage['throttle'] {
  return limitOf(settings?.number(names.rate), settings?.number(names.burst));
}

/** Access logs go to log groups here; on AWS they may go to Firehose, too. */
export function readAccessLog(
  resource: Resource,
  properties: Properties,
  property: 'AccessLogSetting' | 'AccessLogSettings',
  world: World,
): Pick<ApiStage, 'accessLog'> {
  const section = properties.section(property);
  const settings = accessLogOf(section?.plain() ?? {});
  const service = parseArn(settings.accessLog?.destinationArn ?? '')?.service;
  if (section && service !== 'logs')
    world.reports.part(
      resource,
      property,
      properties.lineOf(property),
      'accepted',
      'an access log is written to a log group alone; the facts tell each request',
    );
  return settings;
}
