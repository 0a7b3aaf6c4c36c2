import type { Engine } from './engine/start-engine.ts';
import type { KeyNames } from './item-facts.ts';

/** The keys of the tables as they are at any moment. */
export function tableKeyNames(engine: Engine): Pick<KeyNames, 'get'> {
  return {
    get(tableName) {
      const { keySchema } = engine.findTable(tableName)?.settings ?? {};
      return keySchema?.map(({ AttributeName }) => AttributeName);
    },
  };
}
