import { type HeldKind, heldKind, named } from '../../template/held-kind.ts';
import type { Logs } from './logs.ts';

/** Log groups of stacks. */
export function logsHeldKinds({ groups }: Pick<Logs, 'groups'>): HeldKind[] {
  return [
    heldKind({
      partsOf: ({ logGroups }) => named(logGroups),
      has: ({ name }) => groups.has(name),
      add: groups.put,
      change: groups.put,
      remove: ({ name }) => groups.remove(name),
    }),
  ];
}
