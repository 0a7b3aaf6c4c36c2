import { UsageError } from 'serverless-loop/commands';

const MAX_LIMIT = 100_000;

/** Parses the most that is asked for. Throws UsageError. */
export function parseLimit(text: string): number {
  const limit = Number(text);
  if (/^\d{1,6}$/.test(text) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new UsageError(`--limit: expected a whole number from 1 to ${MAX_LIMIT}, found "${text}"`);
}
