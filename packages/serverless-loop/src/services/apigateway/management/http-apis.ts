import type { ApiModel } from '../../../aws/api-model.ts';
import { wordOf } from '../definition/plain.ts';
import type { HttpApi } from './http-api.ts';
import { httpApiOf } from './http-api-from-model.ts';
import { modelOf } from './http-api-to-model.ts';

export interface HttpApis {
  find(id: string): HttpApi | undefined;
  list(): HttpApi[];
  /** Serves it as it is now. */
  put(api: HttpApi): void;
  remove(id: string): void;
}

/** HTTP APIs that calls make, and those of stacks as they are served. */
export function httpApis(served: {
  list(): ApiModel[];
  put(api: ApiModel): void;
  remove(id: string): void;
}): HttpApis {
  /** With what each was served as. */
  const known = new Map<string, { api: HttpApi; model: ApiModel }>();

  function seen(model: ApiModel): HttpApi {
    const before = known.get(model.name);
    if (before?.model === model) return before.api;
    const api = httpApiOf(model);
    known.set(model.name, { api, model });
    return api;
  }

  const models = () => served.list().filter(({ protocol }) => protocol === 'HTTP');
  return {
    find(id) {
      const model = models().find(({ name }) => name === id);
      return model && seen(model);
    },
    list: () => models().map(seen),
    put(api) {
      const before = models().find(({ name }) => name === api.id);
      const model = modelOf(api, before?.logicalId ?? wordOf(api.settings.Name) ?? api.id);
      known.set(api.id, { api, model });
      served.put(model);
    },
    remove(id) {
      known.delete(id);
      served.remove(id);
    },
  };
}
