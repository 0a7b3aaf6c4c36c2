import type { Blob, Numeric, Text, Timestamp } from './member-kinds.ts';
import { type Problem, refuseBeyond, wrong } from './member-problem.ts';

/** Reads one value; undefined for one of another kind. Tells in `problems` of what breaks a rule. */
export type ReadValue = (given: unknown, problems: Problem[]) => unknown;

export function textReader(kind: Text): ReadValue {
  const { matcher, oneOf: words } = kind;
  const { min, max } = limitsOf(kind);
  if (!matcher && !words && min === Number.NEGATIVE_INFINITY && max === Number.POSITIVE_INFINITY)
    return (given, problems) => (typeof given === 'string' ? given : wrong(kind, given, problems));
  return (given, problems) => {
    if (typeof given !== 'string') return wrong(kind, given, problems);
    if (matcher && !matcher.test(given)) problems.push({ path: [], rule: 'pattern', kind, value: given });
    if (given.length < min || given.length > max) refuseBeyond(kind, given.length < min, given, problems);
    if (!words || words.includes(given)) return given;
    problems.push({ path: [], rule: 'oneOf', kind, value: given });
    return undefined;
  };
}

export function numberReader(kind: Numeric): ReadValue {
  const isInteger = kind.kind === 'integer';
  const { min, max } = limitsOf(kind);
  return (given, problems) => {
    if (typeof given !== 'number' || (isInteger && !Number.isInteger(given)))
      return wrong(kind, given, problems);
    if (given < min || given > max) refuseBeyond(kind, given < min, given, problems);
    return given;
  };
}

export function blobReader(kind: Blob): ReadValue {
  const { min, max } = limitsOf(kind);
  return (given, problems) => {
    const bytes = bytesOf(given);
    if (!bytes) return wrong(kind, given, problems);
    if (bytes.length < min || bytes.length > max) refuseBeyond(kind, bytes.length < min, bytes, problems);
    return bytes;
  };
}

export function timestampReader(kind: Timestamp): ReadValue {
  return (given, problems) => epochMs(given, kind) ?? wrong(kind, given, problems);
}

/** The latest time that a Date can hold. */
const MAX_EPOCH_MS = 8.64e15;

/** Epoch seconds, with fractions, but for members that are dates in JSON too; forms and queries are read to seconds before. */
function epochMs(given: unknown, { form = 'seconds' }: Timestamp): number | undefined {
  const isDate = typeof given === 'string' && form !== 'seconds';
  const ms = typeof given === 'number' ? given * 1_000 : isDate ? Date.parse(given) : Number.NaN;
  return Math.abs(ms) <= MAX_EPOCH_MS ? ms : undefined;
}

/** JSON has base64. */
function bytesOf(given: unknown): Buffer | undefined {
  if (Buffer.isBuffer(given)) return given;
  return typeof given === 'string' ? Buffer.from(given, 'base64') : undefined;
}

/** Looked up once: kinds come in too many shapes for a fast look at each call. */
export function limitsOf({
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
}: Limits): Required<Limits> {
  return { min, max };
}

interface Limits {
  min?: number;
  max?: number;
}
