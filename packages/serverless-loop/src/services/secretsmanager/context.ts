import type { Place } from '../../aws/arn.ts';
import { required, text } from '../../aws/members.ts';
import { secretArn } from '../../aws/secret-arn.ts';
import { operationsOf } from '../../aws/service.ts';
import type { SecretStore } from './secret-store.ts';

/** The context of Secrets Manager's operations. */
export interface SecretsContext {
  place: Place;
  /** The store as it is: a reset replaces it. */
  store(): SecretStore;
  /** Epoch milliseconds. */
  now: () => number;
}

export const operation = operationsOf<SecretsContext>();

export const SECRET_ID = { SecretId: required(text({ min: 1, max: 2048 })) } as const;

/** The resource of a right on a secret: its ARN however it is named. */
export function neededSecret(
  { SecretId = '*' }: { SecretId?: string },
  { place, store }: SecretsContext,
): string[] {
  const arn = store().find(SecretId)?.arn;
  return [arn ?? (SecretId.startsWith('arn:') ? SecretId : secretArn(place, SecretId))];
}
