import type { Place } from '../../aws/arn.ts';
import { once } from '../../aws/once.ts';
import type { LazyJsonService } from '../../aws/operation.ts';
import { jsonService } from '../../aws/service.ts';
import type { ParameterModel } from './parameter-model.ts';
import { parameterStore } from './parameter-store.ts';

export interface SsmOptions {
  place: Place;
  /** Of the stack. */
  parameters: readonly ParameterModel[];
  /** Values that a developer gives, by name; those of the stack win. */
  given: Readonly<Record<string, GivenParameter>>;
  /** Epoch milliseconds. */
  now: () => number;
}

export interface GivenParameter {
  type: 'String' | 'StringList' | 'SecureString';
  value: string;
}

export interface Ssm {
  service: LazyJsonService;
  /** The value of `name`, `name:version` or `name:label`; undefined when there is none, or it is a secure one. */
  valueOf(reference: string): string | undefined;
  /** For stacks that come, change and go while the loop runs. */
  parameters: {
    has(name: string): boolean;
    /** Throws AwsError. */
    put(model: ParameterModel): void;
    remove(name: string): void;
  };
  /** Leaves the parameters of the stack and those that were given, with their first values. */
  clear(): void;
}

/** Starts Parameter Store with what the stack and the developer put there. */
export function startSsm({ place, now, given, parameters }: SsmOptions): Ssm {
  const by = `arn:${place.partition}:iam::${place.accountId}:root`;
  /** Those of stacks, as they were made. */
  const made = new Map(parameters.map((model) => [model.name, model]));
  let store = filled();

  function filled() {
    const fresh = parameterStore({ place, now });
    for (const [name, { type, value }] of Object.entries(given))
      if (!made.has(name)) fresh.put({ name, value, type, tier: 'Advanced', overwrite: true, by });
    for (const model of made.values()) putInto(fresh, model);
    return fresh;
  }

  function putInto(into: typeof store, { logicalId: _, tags, ...settings }: ParameterModel): void {
    into.put({ ...settings, overwrite: true, tags: new Map(Object.entries(tags)), by });
  }

  return {
    service: {
      title: 'Parameter Store',
      targetPrefix: 'AmazonSSM',
      signingName: 'ssm',
      load: once(async () => {
        const { SSM } = await import('./service.ts');
        return jsonService(SSM, { place, store: () => store });
      }),
    },
    valueOf(reference) {
      if (!store.find(reference)) return undefined;
      const { version } = store.read(reference);
      return version.type === 'SecureString' ? undefined : version.value;
    },
    parameters: {
      has: (name) => store.find(name) !== undefined,
      put(model) {
        putInto(store, model);
        made.set(model.name, model);
      },
      remove(name) {
        made.delete(name);
        store.remove(name);
      },
    },
    clear() {
      store = filled();
    },
  };
}
