import { wordOf } from '../definition/plain.ts';
import type { HttpApi } from './http-api.ts';
import { httpApiOf } from './http-api-from-model.ts';
import { modelOf } from './http-api-to-model.ts';
import { type ServedApis, type ServedApisOptions, servedApis } from './served-apis.ts';

export function httpApis(apis: ServedApisOptions<HttpApi>['apis']): ServedApis<HttpApi> {
  return servedApis({
    protocol: 'HTTP',
    apis,
    apiOf: httpApiOf,
    modelOf: (api, before) => modelOf(api, before?.logicalId ?? wordOf(api.settings.Name) ?? api.id),
  });
}
