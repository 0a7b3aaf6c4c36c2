import { createHash } from 'node:crypto';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const suffixLength = 12;

/**
 * The physical id that CloudFormation makes for a resource without a name: `<stack>-<LogicalId>-<suffix>`,
 * shortened from the end of its readable part. AWS draws the suffix; here it is always the same for the
 * same stack and resource, so that a restart finds what the last run made.
 */
export function generatedName(
  stackName: string,
  logicalId: string,
  maximumLength: number,
  ending = '',
): string {
  const readable = `${stackName}-${logicalId}`.slice(0, maximumLength - suffixLength - 1 - ending.length);
  return `${readable}-${suffixOf(stackName, logicalId)}${ending}`;
}

function suffixOf(stackName: string, logicalId: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([stackName, logicalId]))
    .digest();
  return [...digest.subarray(0, suffixLength)].map((byte) => letters[byte % letters.length]).join('');
}
