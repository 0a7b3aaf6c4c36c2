/** Sources of what can't be foreseen. */
export interface Chance {
  /** From 0 up to, and without, 1. */
  random(): number;
  uuid(): string;
}

export interface IntrinsicFunction {
  /** The least and the most arguments. */
  takes: readonly [number, number];
  /** Throws IntrinsicError for arguments that it doesn't take. */
  call(given: readonly unknown[], chance: Chance): unknown;
}

/** An intrinsic function's failure: the error `States.IntrinsicFailure` (states language, "Appendix A: Predefined Error Codes"). */
export class IntrinsicError extends Error {
  override readonly name = 'IntrinsicError';
}

export function listOf(value: unknown, place: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(place, 'an array', value);
}

export function textOf(value: unknown, place: string): string {
  return typeof value === 'string' ? value : refuse(place, 'a string', value);
}

export function numberOf(value: unknown, place: string): number {
  return typeof value === 'number' ? value : refuse(place, 'a number', value);
}

/** A number as the functions of numbers take it: rounded, a half up (LocalStack's record "test_math_add" of AWS). */
export function integerOf(value: unknown, place: string): number {
  return Math.round(numberOf(value, place));
}

function refuse(place: string, expected: string, found: unknown): never {
  throw new IntrinsicError(`${place} must be ${expected}, but was ${JSON.stringify(found)}`);
}
