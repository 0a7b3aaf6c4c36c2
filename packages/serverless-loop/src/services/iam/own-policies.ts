import type { Place } from '../../aws/arn.ts';
import type { Statement } from '../../aws/statement.ts';

/** A managed policy that a call has made. */
export interface OwnPolicy {
  name: string;
  arn: string;
  path: string;
  description?: string;
  /** Epoch milliseconds. */
  createdAt: number;
  changedAt: number;
  tags: Record<string, string>;
  /** The oldest first. */
  versions: PolicyVersion[];
  defaultVersion: string;
  /** Of the version that was made last, whether it is still there or not. */
  lastVersion: number;
}

export interface PolicyVersion {
  /** `v1` and so on. */
  id: string;
  /** JSON, as it was given. */
  text: string;
  statements: Statement[];
  createdAt: number;
}

export interface OwnPolicies {
  find(arn: string): OwnPolicy | undefined;
  list(): OwnPolicy[];
  put(policy: OwnPolicy): void;
  remove(arn: string): void;
}

export function ownPolicies(): OwnPolicies {
  const byArn = new Map<string, OwnPolicy>();
  return {
    find: (arn) => byArn.get(arn),
    list: () => [...byArn.values()],
    put: (policy) => void byArn.set(policy.arn, policy),
    remove: (arn) => void byArn.delete(arn),
  };
}

export function policyArn({ partition, accountId }: Place, path: string, name: string): string {
  return `arn:${partition}:iam::${accountId}:policy${path}${name}`;
}

export function defaultStatements({ versions, defaultVersion }: OwnPolicy): Statement[] {
  return versions.find(({ id }) => id === defaultVersion)?.statements ?? [];
}
