import { limitExceeded, noSuchGroup } from '../errors.ts';
import { type GroupFilters, groupFilters } from '../group-filters.ts';
import type { LogStore } from '../log-store.ts';
import type { SubscriptionRules } from './refuse-subscription.ts';
import type { SubscriptionFilter } from './subscription-filter.ts';

/** "Each log group can have up to two subscription filters associated with it" (CloudWatch Logs reference, "PutSubscriptionFilter"). */
const MAX_OF_GROUP = 2;

/** The subscription filters of log groups, which go with their groups. */
export interface Subscriptions extends GroupFilters<SubscriptionFilter> {
  /** Makes one, or gives it other settings. Rejects with the AwsError that AWS would give. */
  put(filter: SubscriptionFilter): Promise<void>;
}

export function subscriptionsIn(store: LogStore, rules: SubscriptionRules): Subscriptions {
  const { groups, now } = store;

  function set(given: SubscriptionFilter): void {
    const { name, logGroupName, pattern, destinationArn, roleArn, distribution, applyOnTransformedLogs } =
      given;
    const subscriptions = groups.get(logGroupName)?.subscriptions;
    const creationTime = subscriptions?.get(name)?.creationTime ?? now();
    subscriptions?.set(name, {
      ...{ name, logGroupName, pattern, destinationArn, distribution, applyOnTransformedLogs, creationTime },
      ...(roleArn !== undefined && { roleArn }),
    });
  }

  function refuseWithoutRoom({ name, logGroupName }: SubscriptionFilter): void {
    const subscriptions = groups.get(logGroupName)?.subscriptions;
    if (!subscriptions) throw noSuchGroup();
    if (!subscriptions.has(name) && subscriptions.size >= MAX_OF_GROUP) throw limitExceeded();
  }

  return {
    ...groupFilters(store, ({ subscriptions }) => subscriptions, set),
    async put(filter) {
      const { refuseCombination, refuseUnreachable } = await import('./refuse-subscription.ts');
      refuseCombination(filter, rules);
      refuseWithoutRoom(filter);
      await refuseUnreachable(filter, rules);
      // Another may have come meanwhile.
      refuseWithoutRoom(filter);
      set(filter);
    },
  };
}
