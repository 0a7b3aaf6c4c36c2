import { type HeldKind, heldKind, named } from '../../template/held-kind.ts';
import type { Logs } from './logs.ts';
import { metricFiltersOf } from './metric-filters/metric-filter.ts';
import { subscriptionsOf } from './subscriptions/subscription-filter.ts';

/** Log groups of stacks, and their metric filters. */
export function logsHeldKinds({ groups, metricFilters }: Pick<Logs, 'groups' | 'metricFilters'>): HeldKind[] {
  return [
    heldKind({
      partsOf: ({ logGroups }) => named(logGroups),
      has: ({ name }) => groups.has(name),
      add: groups.put,
      change: groups.put,
      remove: ({ name }) => groups.remove(name),
    }),
    heldKind({
      partsOf: (stack) => named(metricFiltersOf(stack), nameInGroup),
      has: metricFilters.has,
      add: metricFilters.put,
      change: metricFilters.put,
      remove: metricFilters.remove,
    }),
  ];
}

/** Subscription filters of stacks, which are made after their destinations. */
export function subscriptionHeldKinds({ subscriptions }: Pick<Logs, 'subscriptions'>): HeldKind[] {
  return [
    heldKind({
      partsOf: (stack) => named(subscriptionsOf(stack), nameInGroup),
      has: subscriptions.has,
      add: subscriptions.put,
      change: subscriptions.put,
      remove: subscriptions.remove,
    }),
  ];
}

/** Filters of different groups may have the same name. */
function nameInGroup({ logGroupName, name }: { logGroupName: string; name: string }): string {
  return `${logGroupName}:${name}`;
}
