import { type Place, parseArn } from '../../aws/arn.ts';
import { secretArn } from '../../aws/secret-arn.ts';
import { DAY_MS } from '../../aws/time-units.ts';
import {
  CURRENT,
  isSameValue,
  PENDING,
  PREVIOUS,
  type Secret,
  type SecretValue,
  type SecretVersion,
} from './secret.ts';
import { inUse, invalidRequest, noSecret, refuseName } from './secret-errors.ts';

export interface NewSecret extends Pick<Secret, 'name' | 'description' | 'kmsKeyId'> {
  tags: ReadonlyMap<string, string>;
}

export interface SecretStore {
  /** Those marked for deletion, too. */
  list(): Secret[];
  find(secretId: string): Secret | undefined;
  /** Finds it by name, ARN, or ARN without its last six characters. Throws AwsError, also for one that is marked for deletion. */
  get(secretId: string): Secret;
  /** The same with those that are marked for deletion. Throws AwsError. */
  getAny(secretId: string): Secret;
  /** Throws AwsError when there is one of that name. */
  create(given: NewSecret): Secret;
  /**
   * Adds a version, unless the same stands under its id. AWSCURRENT leaves AWSPREVIOUS with the version that had it.
   * Throws AwsError for an id that is another value's.
   */
  addVersion(secret: Secret, id: string, value: SecretValue, stages?: readonly string[]): SecretVersion;
  /** Gives a version a label that another may have. */
  moveStage(secret: Secret, stage: string, to: SecretVersion | undefined): void;
  remove(secret: Secret): void;
}

/** "Secrets Manager keeps 100 of the most recent versions, but it keeps all secret versions created in the last 24 hours" (Secrets Manager API, "PutSecretValue"). */
const KEPT_VERSIONS = 100;

/** AWS Secrets Manager's secrets, in memory. One that is marked for deletion is gone when its time has come. */
export function secretStore({ place, now }: { place: Place; now: () => number }): SecretStore {
  const secrets = new Map<string, Secret>();

  function prune(): void {
    for (const [name, { deletedAt = Number.POSITIVE_INFINITY }] of secrets)
      if (deletedAt <= now()) secrets.delete(name);
  }

  function find(secretId: string): Secret | undefined {
    prune();
    const arn = parseArn(secretId);
    if (arn?.service !== 'secretsmanager') return secrets.get(secretId);
    return [...secrets.values()].find((it) => it.arn === secretId || it.arn.slice(0, -7) === secretId);
  }

  function getAny(secretId: string): Secret {
    const found = find(secretId);
    if (found) return found;
    if (!secretId.startsWith('arn:')) refuseName(secretId);
    throw noSecret();
  }

  function moveStage(secret: Secret, stage: string, to: SecretVersion | undefined): void {
    const from = secret.versions.find(({ stages }) => stages.has(stage));
    if (from === to) return;
    from?.stages.delete(stage);
    to?.stages.add(stage);
    if (stage === CURRENT && from) {
      moveStage(secret, PREVIOUS, from);
      // As recorded (LocalStack, test_update_secret_version_stages_current_pending).
      from.stages.delete(PENDING);
    }
    // Current is not previous as well.
    if (stage === CURRENT) to?.stages.delete(PREVIOUS);
  }

  return {
    list() {
      prune();
      return [...secrets.values()];
    },
    find,
    getAny,
    get(secretId) {
      const secret = getAny(secretId);
      if (secret.deletedAt !== undefined)
        throw invalidRequest(
          "You can't perform this operation on the secret because it was marked for deletion.",
        );
      return secret;
    },
    create({ name, tags, ...settings }) {
      const existing = find(name);
      if (existing?.deletedAt !== undefined)
        throw invalidRequest(
          "You can't create this secret because a secret with this name is already scheduled for deletion.",
        );
      if (existing) throw inUse(`The operation failed because the secret ${name} already exists.`);
      const secret: Secret = {
        ...settings,
        arn: secretArn(place, name),
        name,
        createdAt: now(),
        changedAt: now(),
        tags: new Map(tags),
        versions: [],
      };
      secrets.set(name, secret);
      return secret;
    },
    addVersion(secret, id, value, stages = [CURRENT]) {
      const existing = secret.versions.find((version) => version.id === id);
      if (existing && !isSameValue(existing.value, value))
        throw inUse(
          `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${secret.arn}.`,
        );
      if (existing) return existing;
      const version: SecretVersion = { id, value, createdAt: now(), stages: new Set() };
      secret.versions.push(version);
      // The first is current whatever it is called.
      const labels = secret.versions.length === 1 ? new Set([...stages, CURRENT]) : stages;
      for (const stage of labels) moveStage(secret, stage, version);
      const dropped = new Set(
        secret.versions
          .slice(0, -KEPT_VERSIONS)
          .filter(({ stages, createdAt }) => stages.size === 0 && createdAt <= now() - DAY_MS),
      );
      secret.versions = secret.versions.filter((it) => !dropped.has(it));
      secret.changedAt = now();
      return version;
    },
    moveStage(secret, stage, to) {
      moveStage(secret, stage, to);
      secret.changedAt = now();
    },
    remove: ({ name }) => secrets.delete(name),
  };
}
