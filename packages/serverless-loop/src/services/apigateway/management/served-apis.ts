import type { ApiModel } from '../../../aws/api-model.ts';

/** The APIs of one protocol that calls make, and those of stacks as they are served. */
export interface ServedApis<Api> {
  find(id: string): Api | undefined;
  list(): Api[];
  /** With what each is served as. */
  served(): { api: Api; model: ApiModel }[];
  /** Serves it as it is now. */
  put(api: Api): void;
  remove(id: string): void;
}

export interface ServedApisOptions<Api> {
  protocol: ApiModel['protocol'];
  apis: { list(): ApiModel[]; put(api: ApiModel): void; remove(id: string): void };
  apiOf(model: ApiModel): Api;
  /** `before`: the model that it is served as, if it is. */
  modelOf(api: Api, before: ApiModel | undefined): ApiModel;
}

export function servedApis<Api extends { id: string }>({
  protocol,
  apis,
  apiOf,
  modelOf,
}: ServedApisOptions<Api>): ServedApis<Api> {
  /** With what each was served as. */
  const known = new Map<string, { api: Api; model: ApiModel }>();

  function seen(model: ApiModel): { api: Api; model: ApiModel } {
    const before = known.get(model.name);
    if (before?.model === model) return before;
    const found = { api: apiOf(model), model };
    known.set(model.name, found);
    return found;
  }

  const models = () => apis.list().filter((model) => model.protocol === protocol);
  const modelNamed = (id: string) => models().find(({ name }) => name === id);
  const served = () => models().map(seen);
  return {
    find(id) {
      const model = modelNamed(id);
      return model && seen(model).api;
    },
    list: () => served().map(({ api }) => api),
    served,
    put(api) {
      const model = modelOf(api, modelNamed(api.id));
      known.set(api.id, { api, model });
      apis.put(model);
    },
    remove(id) {
      known.delete(id);
      apis.remove(id);
    },
  };
}
