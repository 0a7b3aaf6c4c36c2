import type { RestApi } from './rest-api.ts';
import { restApiOf } from './rest-api-from-model.ts';
import { modelOf } from './rest-api-to-model.ts';
import type { ApiKeys } from './rest-keys.ts';
import { type ServedApis, type ServedApisOptions, servedApis } from './served-apis.ts';

export interface RestApis extends ServedApis<RestApi> {
  /** Serves those of these ids with the keys that open them now. */
  keysChanged(): void;
}

export function restApis(
  apis: ServedApisOptions<RestApi>['apis'],
  keys: Pick<ApiKeys, 'openingOf'>,
): RestApis {
  const rest = servedApis({
    protocol: 'REST',
    apis,
    apiOf: restApiOf,
    modelOf: (api) => modelOf(api, keys),
  });
  return {
    ...rest,
    keysChanged() {
      for (const { api, model } of rest.served()) {
        const wanted = [...(api.base?.apiKeys ?? []), ...keys.openingOf(api.id)];
        if (JSON.stringify(wanted) !== JSON.stringify(model.apiKeys)) rest.put(api);
      }
    },
  };
}
