import { createHash } from 'node:crypto';

const FIRST_MS = Date.UTC(2025, 0, 1);
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/**
 * The label of the stream of a stack's table: a time, as AWS's are, but one that follows from the table's ARN. So the
 * template can name the stream before it is made, and a restart and a folder that keeps it have the same.
 */
export function steadyStreamLabel(tableArn: string): string {
  const ms = createHash('sha256').update(tableArn).digest().readUIntBE(0, 6) % YEAR_MS;
  return new Date(FIRST_MS + ms).toISOString().slice(0, -1);
}

export function steadyStreamArn(tableArn: string): string {
  return `${tableArn}/stream/${steadyStreamLabel(tableArn)}`;
}
