import process from 'node:process';

/** Set by vitest.matrix.config.ts: every case runs. Else a sample does, which is quick and tells most. */
const isWhole = process.env.TEST_MATRIX === 'whole';

/** All cases, or some of them that lie as far from each other as they can, the first among them. */
export function sampleOf<T>(cases: readonly T[], size: number): T[] {
  if (isWhole) return [...cases];
  const step = Math.max(1, (cases.length - 1) / Math.max(1, size - 1));
  const chosen = new Set(Array.from({ length: size }, (_, at) => Math.round(at * step)));
  return cases.filter((_, at) => chosen.has(at));
}

/** The number of `count` generated inputs that are tried: outside the matrix one in `oneIn`. */
export function runsOf(count: number, oneIn = 20): number {
  return isWhole ? count : Math.ceil(count / oneIn);
}

/** Declares tests that are of no sample. */
export function onlyInMatrix(declare: () => void): void {
  if (isWhole) declare();
}
