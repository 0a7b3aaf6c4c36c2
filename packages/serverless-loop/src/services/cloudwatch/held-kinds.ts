import { type HeldKind, heldKind, named } from '../../template/held-kind.ts';
import type { CloudWatch } from './cloudwatch.ts';

/** Alarms and dashboards of stacks. */
export function cloudWatchHeldKinds({
  alarms,
  dashboards,
}: Pick<CloudWatch, 'alarms' | 'dashboards'>): HeldKind[] {
  return [
    heldKind({
      partsOf: (stack) => named(stack.alarms),
      has: ({ name }) => alarms.has(name),
      add: alarms.put,
      change: alarms.put,
      remove: ({ name }) => alarms.remove(name),
    }),
    heldKind({
      partsOf: (stack) => named(stack.dashboards),
      has: ({ name }) => dashboards.has(name),
      add: dashboards.put,
      change: dashboards.put,
      remove: ({ name }) => dashboards.remove(name),
    }),
  ];
}
