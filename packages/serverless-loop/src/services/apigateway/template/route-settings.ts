import type { ApiStage, RouteAuth } from '../../../aws/api-model.ts';
import type { Properties } from '../../../template/properties.ts';
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
