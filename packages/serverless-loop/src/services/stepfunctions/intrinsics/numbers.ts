import { createHash } from 'node:crypto';
import { IntrinsicError, type IntrinsicFunction, integerOf, numberOf } from './signature.ts';

export const NUMBER_FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  MathAdd: {
    takes: [2, 2],
    call: ([one, other]) =>
      integerOf(one, 'The first argument of States.MathAdd') +
      integerOf(other, 'The second argument of States.MathAdd'),
  },
  MathRandom: {
    takes: [2, 3],
    call([first, end, seed], { random }) {
      const from = integerOf(first, 'The first argument of States.MathRandom');
      const to = integerOf(end, 'The second argument of States.MathRandom');
      if (to <= from) throw new IntrinsicError('The end of States.MathRandom must be greater than its start');
      const part =
        seed === undefined ? random() : seededPart(numberOf(seed, 'The seed of States.MathRandom'));
      // From the first up to, and without, the second (Step Functions guide, "Intrinsics for math operations").
      return from + Math.floor(part * (to - from));
    },
  },
  UUID: { takes: [0, 0], call: (_given, { uuid }) => uuid() },
};

/** The same number, from 0 up to 1, for the same seed. AWS doesn't say how it makes its own. */
function seededPart(seed: number): number {
  return createHash('sha256').update(String(seed)).digest().readUInt32BE(0) / 2 ** 32;
}
