import { UsageError } from 'serverless-loop/commands';

const UNITS_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of an age such as `90s`, `15m`, `2h` or `1d`. Throws UsageError. */
export function parseAge(text: string | undefined): number {
  const [, number, unit = ''] = /^(\d{1,5})([smhd])$/.exec(text ?? '') ?? [];
  const unitMs = UNITS_MS[unit];
  if (number !== undefined && unitMs !== undefined) return Number(number) * unitMs;
  const found = text === undefined ? 'nothing' : `"${text}"`;
  throw new UsageError(`--older-than: expected an age such as 90s, 15m, 2h or 1d, found ${found}`);
}
