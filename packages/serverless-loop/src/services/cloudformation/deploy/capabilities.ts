import { AwsError } from '../../../aws/errors.ts';
import type { Stack } from '../../../template/model.ts';

/** The capability that the caller must have given for the identities that a stack makes; none where there are none. */
export function iamCapabilityOf({ states }: Pick<Stack, 'states'>): string | undefined {
  const needed = states().flatMap(({ capability }) => capability ?? []);
  return needed.find((capability) => capability === 'CAPABILITY_NAMED_IAM') ?? needed[0];
}

/** Throws InsufficientCapabilitiesException unless the needed one was given; the one for named identities is for all. */
export function requireCapability(needed: string | undefined, given: readonly string[]): void {
  if (needed === undefined || given.includes(needed)) return;
  if (needed === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM')) return;
  throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${needed}]`);
}
