import { randomBytes } from 'node:crypto';

/** An `X-Amzn-Trace-Id` for a call that brought none: a new, sampled trace (X-Ray guide, "Tracing header"). */
export function newTraceHeader(nowMs: number): string {
  const epoch = Math.floor(nowMs / 1000)
    .toString(16)
    .padStart(8, '0');
  const random = randomBytes(20).toString('hex');
  return `Root=1-${epoch}-${random.slice(0, 24)};Parent=${random.slice(24)};Sampled=1`;
}
