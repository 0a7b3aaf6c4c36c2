import type { ApiModel } from '../../../aws/api-model.ts';
import type { RestApi } from './rest-api.ts';
import { restApiOf } from './rest-api-from-model.ts';
import { modelOf } from './rest-api-to-model.ts';
import type { ApiKeys } from './rest-keys.ts';

export interface RestApis {
  find(id: string): RestApi | undefined;
  list(): RestApi[];
  /** Serves it as it is now. */
  put(api: RestApi): void;
  remove(id: string): void;
  /** Serves those of these ids with the keys that open them now. */
  keysChanged(): void;
}

/** REST APIs that calls make, and those of stacks as they are served. */
export function restApis(
  served: { list(): ApiModel[]; put(api: ApiModel): void; remove(id: string): void },
  keys: Pick<ApiKeys, 'openingOf'>,
): RestApis {
  /** With what each was served as. */
  const known = new Map<string, { api: RestApi; model: ApiModel }>();

  function seen(model: ApiModel): RestApi {
    const before = known.get(model.name);
    if (before?.model === model) return before.api;
    const api = restApiOf(model);
    known.set(model.name, { api, model });
    return api;
  }

  const models = () => served.list().filter(({ protocol }) => protocol === 'REST');

  function put(api: RestApi): void {
    const model = modelOf(api, keys);
    known.set(api.id, { api, model });
    served.put(model);
  }

  return {
    find(id) {
      const model = models().find(({ name }) => name === id);
      return model && seen(model);
    },
    list: () => models().map(seen),
    put,
    remove(id) {
      known.delete(id);
      served.remove(id);
    },
    keysChanged() {
      for (const model of models()) {
        const api = seen(model);
        const wanted = [...(api.base?.apiKeys ?? []), ...keys.openingOf(api.id)];
        if (JSON.stringify(wanted) !== JSON.stringify(model.apiKeys)) put(api);
      }
    },
  };
}
