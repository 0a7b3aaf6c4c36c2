export const CURRENT = 'AWSCURRENT';
export const PREVIOUS = 'AWSPREVIOUS';
export const PENDING = 'AWSPENDING';

/** A secret's value is one of the two. */
export interface SecretValue {
  text?: string;
  bytes?: Buffer;
}

export interface SecretVersion {
  id: string;
  value: SecretValue;
  /** Epoch milliseconds. */
  createdAt: number;
  /** As of Secret. */
  accessedAt?: number;
  /** Without any it is deprecated. */
  stages: Set<string>;
}

export interface Secret {
  arn: string;
  name: string;
  description?: string;
  kmsKeyId?: string;
  /** Epoch milliseconds. */
  createdAt: number;
  changedAt: number;
  /** Midnight of the day. */
  accessedAt?: number;
  /** Epoch milliseconds of its end, once it is marked for deletion. */
  deletedAt?: number;
  tags: Map<string, string>;
  policy?: string;
  /** Oldest first. */
  versions: SecretVersion[];
}

/** In the order in which they are told: the alphabet's (LocalStack's record, test_put_secret_value_with_version_stages). */
export function stagesOf({ stages }: SecretVersion): string[] {
  return [...stages].sort();
}

export function versionAt(secret: Secret, stage: string): SecretVersion | undefined {
  return secret.versions.find(({ stages }) => stages.has(stage));
}

export function isSameValue(one: SecretValue, other: SecretValue): boolean {
  if (one.text !== other.text || !one.bytes !== !other.bytes) return false;
  return !one.bytes || !other.bytes || one.bytes.equals(other.bytes);
}
