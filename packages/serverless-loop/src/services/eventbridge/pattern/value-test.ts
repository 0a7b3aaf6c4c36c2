import type { Scalar } from '../json.ts';

/** Says whether one leaf of an event fits. */
export type ValueTest = (value: Scalar) => boolean;

/** A test that only strings can pass. */
export function onText(test: (text: string) => boolean): ValueTest {
  return (value) => typeof value === 'string' && test(value);
}
