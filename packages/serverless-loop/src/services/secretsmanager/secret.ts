export const CURRENT = 'AWSCURRENT';
export const PREVIOUS = 'AWSPREVIOUS';

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

export function versionAt(secret: Secret, stage: string): SecretVersion | undefined {
  return secret.versions.find(({ stages }) => stages.has(stage));
}

export function isSameValue(one: SecretValue, other: SecretValue): boolean {
  if (one.text !== other.text || !one.bytes !== !other.bytes) return false;
  return !one.bytes || !other.bytes || one.bytes.equals(other.bytes);
}
