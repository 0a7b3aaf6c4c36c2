import { createHash } from 'node:crypto';

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const SUFFIX_LENGTH = 12;

/**
 * The physical id that CloudFormation makes for a resource without a name: `<stack>-<LogicalId>-<suffix>`,
 * shortened from the end of its readable part.
 */
export function generatedName(
  stackName: string,
  logicalId: string,
  suffix: string,
  maximumLength: number,
  ending = '',
): string {
  const readable = `${stackName}-${logicalId}`.slice(0, maximumLength - SUFFIX_LENGTH - 1 - ending.length);
  return `${readable}-${suffix}${ending}`;
}

/**
 * AWS draws the suffix. For the stack that the loop was started with it is always the same for the same resource, so that
 * a restart finds what the last run made.
 */
export function steadySuffix(stackName: string, logicalId: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([stackName, logicalId]))
    .digest();
  return [...digest.subarray(0, SUFFIX_LENGTH)]
    .map((byte) => LETTERS_AND_DIGITS[byte % LETTERS_AND_DIGITS.length])
    .join('');
}

/** The same for the same name. */
export function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

/** Ten small letters and digits, as API Gateway's ids; the same for the same name. */
export function shortIdOf(name: string): string {
  return uuidOf(name).replaceAll('-', '').slice(0, 10);
}
