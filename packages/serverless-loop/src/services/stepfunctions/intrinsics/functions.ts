import { LIST_FUNCTIONS } from './lists.ts';
import { NUMBER_FUNCTIONS } from './numbers.ts';
import type { IntrinsicFunction } from './signature.ts';
import { TEXT_FUNCTIONS } from './texts.ts';

/** The intrinsic functions by their names (states language, "Appendix B: List of Intrinsic Functions"). */
export const FUNCTIONS: ReadonlyMap<string, IntrinsicFunction> = new Map(
  Object.entries({ ...LIST_FUNCTIONS, ...NUMBER_FUNCTIONS, ...TEXT_FUNCTIONS }).map(([name, known]) => [
    `States.${name}`,
    known,
  ]),
);
