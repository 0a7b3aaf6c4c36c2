import { type HeldKind, heldKind, named } from '../../template/held-kind.ts';
import { storedParametersOf } from './parameter-model.ts';
import type { Ssm } from './ssm.ts';

export function ssmHeldKinds({ parameters }: Pick<Ssm, 'parameters'>): HeldKind[] {
  return [
    heldKind({
      partsOf: (stack) => named(storedParametersOf(stack)),
      has: ({ name }) => parameters.has(name),
      add: parameters.put,
      change: parameters.put,
      remove: ({ name }) => parameters.remove(name),
    }),
  ];
}
