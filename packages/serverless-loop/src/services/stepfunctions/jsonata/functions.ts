import { FUNCTIONS } from '../intrinsics/functions.ts';
import { type Chance, IntrinsicError, textOf } from '../intrinsics/signature.ts';

type JsonataFunction = (...given: unknown[]) => unknown;

/**
 * The functions that Step Functions adds to JSONata, by their names, and `eval`, which it takes away (Step Functions guide,
 * "Transforming data with JSONata", "JSONata functions provided by Step Functions"). All throw an Error for what they don't take.
 */
export function jsonataFunctions(chance: Chance): Readonly<Record<string, JsonataFunction>> {
  const intrinsic = (name: string): JsonataFunction => {
    const known = FUNCTIONS.get(name);
    return (...given) => known?.call(given, chance);
  };
  const range = intrinsic('States.ArrayRange');
  return {
    partition: intrinsic('States.ArrayPartition'),
    range: (...given) => single(range(...given)),
    hash: intrinsic('States.Hash'),
    random: (seed) => randomPart(seed, chance),
    uuid: chance.uuid,
    parse: (text) => parsed(textOf(text, 'The argument of $parse')),
    eval: () => {
      throw new IntrinsicError('The function $eval is not supported');
    },
  };
}

/**
 * A range of one number is that number, as sequences of JSONata are (LocalStack's record "test_array_range" of AWS,
 * v2/intrinsic_functions/test_array_jsonata.snapshot.json).
 */
function single(list: unknown): unknown {
  return Array.isArray(list) && list.length === 1 ? list[0] : list;
}

/** From 0 up to, and without, 1; the same for the same seed. */
function randomPart(seed: unknown, chance: Chance): number {
  if (seed === undefined) return chance.random();
  const digits = FUNCTIONS.get('States.MathRandom')?.call([0, 2 ** 32, seed], chance);
  return Number(digits) / 2 ** 32;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new IntrinsicError(`$parse was given no JSON: ${text}`, { cause: error });
  }
}
