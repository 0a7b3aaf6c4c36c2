import { UsageError } from 'serverless-loop/commands';

const MOST = 100_000;

/** Parses the most that is asked for. Throws UsageError. */
export function parseLimit(text: string): number {
  const limit = Number(text);
  if (/^\d{1,6}$/.test(text) && limit >= 1 && limit <= MOST) return limit;
  throw new UsageError(`--limit: expected a whole number from 1 to ${MOST}, found "${text}"`);
}
