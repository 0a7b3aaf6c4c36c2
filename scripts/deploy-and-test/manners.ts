import type { Result } from './result.ts';

/** A run's way of talking: the same steps for a person and for a pipeline. */
export interface Manners {
  /** A step begins. */
  begins(title: string): void;
  /** Something a step, or a tool in it, says. */
  says(line: string): void;
  ended(result: Result): void;
}
