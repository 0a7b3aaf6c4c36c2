import { randomUUID } from 'node:crypto';
import type { Place } from '../../aws/arn.ts';
import { once } from '../../aws/once.ts';
import type { LazyJsonService } from '../../aws/operation.ts';
import { jsonService } from '../../aws/service.ts';
import { randomPassword } from './random-password.ts';
import { versionAt } from './secret.ts';
import type { GeneratedValue, SecretModel } from './secret-model.ts';
import { secretStore } from './secret-store.ts';

export interface SecretsManagerOptions {
  place: Place;
  /** Of the stack. */
  secrets: readonly SecretModel[];
  /** Texts that a developer gives, by the secrets' names; they win over those of the stack. */
  given: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  now: () => number;
}

export interface SecretsManager {
  service: LazyJsonService;
  /** The text of a version of a secret; undefined when there is none. */
  textOf(secretId: string, version: { stage?: string; id?: string }): string | undefined;
  /** For stacks that come, change and go while the loop runs. */
  secrets: {
    has(name: string): boolean;
    /** Throws AwsError when there is one of that name. */
    add(model: SecretModel): void;
    /** Gives it other settings; a value that is given makes a version. */
    change(model: SecretModel, before: SecretModel): void;
    remove(name: string): void;
  };
  /** Secrets that another service keeps here. */
  keeper: {
    /** Makes a secret, or gives it another text; answers its ARN. */
    keep(name: string, text: string): string;
    arnOf(name: string): string | undefined;
    forget(name: string): void;
  };
  /** Leaves the secrets of stacks and those that were given, with their first values. */
  clear(): void;
}

/** Starts Secrets Manager with what the stack and the developer put there. */
export function startSecretsManager({ place, secrets, given, now }: SecretsManagerOptions): SecretsManager {
  /** Those of stacks, as they were made. */
  const made = new Map(secrets.map((model) => [model.name, model]));
  /** A drawn password stays as long as the loop. */
  const drawn = new Map<string, string>();
  let store = filled();

  function filled() {
    const fresh = secretStore({ place, now });
    for (const model of made.values()) addTo(fresh, model);
    for (const [name, text] of Object.entries(given)) {
      const secret = fresh.find(name) ?? fresh.create({ name, tags: new Map() });
      fresh.addVersion(secret, randomUUID(), { text });
    }
    return fresh;
  }

  function addTo(into: typeof store, model: SecretModel): void {
    const { logicalId: _, tags, value: __, ...settings } = model;
    const secret = into.create({ ...settings, tags: new Map(Object.entries(tags)) });
    const text = textFor(model);
    if (text !== undefined) into.addVersion(secret, randomUUID(), { text });
  }

  function textFor({ name, value }: SecretModel): string | undefined {
    if (value === undefined || typeof value === 'string') return value;
    const text = drawn.get(name) ?? generated(value);
    drawn.set(name, text);
    return text;
  }

  function forget(name: string): void {
    made.delete(name);
    drawn.delete(name);
    const secret = store.find(name);
    if (secret) store.remove(secret);
  }

  return {
    service: {
      title: 'Secrets Manager',
      targetPrefix: 'secretsmanager',
      signingName: 'secretsmanager',
      load: once(async () => {
        const { SECRETS_MANAGER } = await import('./service.ts');
        return jsonService(SECRETS_MANAGER, { place, store: () => store, now });
      }),
    },
    textOf(secretId, { stage = 'AWSCURRENT', id }) {
      const secret = store.find(secretId);
      if (!secret) return undefined;
      const version =
        id === undefined ? versionAt(secret, stage) : secret.versions.find((one) => one.id === id);
      return version?.value.text;
    },
    secrets: {
      has: (name) => store.find(name) !== undefined,
      add(model) {
        addTo(store, model);
        made.set(model.name, model);
      },
      change(model, before) {
        const secret = store.getAny(model.name);
        if (model.description !== undefined) secret.description = model.description;
        if (model.kmsKeyId !== undefined) secret.kmsKeyId = model.kmsKeyId;
        secret.tags = new Map(Object.entries(model.tags));
        if (JSON.stringify(model.value) !== JSON.stringify(before.value)) {
          drawn.delete(model.name);
          const text = textFor(model);
          if (text !== undefined) store.addVersion(secret, randomUUID(), { text });
        }
        made.set(model.name, model);
      },
      // CloudFormation deletes without a recovery window's end being waited for by a stack of the same name.
      remove: forget,
    },
    keeper: {
      keep(name, text) {
        made.set(name, { logicalId: '', name, tags: {}, value: text });
        const secret = store.find(name) ?? store.create({ name, tags: new Map() });
        store.addVersion(secret, randomUUID(), { text });
        return secret.arn;
      },
      arnOf: (name) => store.find(name)?.arn,
      forget,
    },
    clear() {
      store = filled();
    },
  };
}

function generated({ template, key = '', ...rules }: GeneratedValue): string {
  const password = randomPassword(rules);
  if (template === undefined) return password;
  return JSON.stringify({ ...JSON.parse(template), [key]: password });
}
