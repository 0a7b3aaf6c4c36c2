import { type HeldKind, heldKind, named } from '../../template/held-kind.ts';
import { secretsOf } from './secret-model.ts';
import type { SecretsManager } from './secrets-manager.ts';

export function secretsHeldKinds({ secrets }: Pick<SecretsManager, 'secrets'>): HeldKind[] {
  return [
    heldKind({
      partsOf: (stack) => named(secretsOf(stack)),
      has: ({ name }) => secrets.has(name),
      add: secrets.add,
      change: secrets.change,
      remove: ({ name }) => secrets.remove(name),
    }),
  ];
}
