import type { Dimension } from '../../aws/metric.ts';
import type { Report } from '../../facts.ts';
import { BoundedMap } from './bounded-map.ts';
import type { MetricStore } from './metric-store.ts';

const NAMESPACE = 'AWS/Events';
/** Deliveries that wait to be tried again and are remembered at once. */
const MAX_DELIVERIES = 10_000;

interface Ruled {
  ruleName: string;
  busName: string;
}

/** EventBridge's own metrics (EventBridge guide, "Monitoring Amazon EventBridge"): those of which it is said, only when they aren't zero. */
export function eventsMetrics(store: MetricStore, now: () => number): Report {
  /** The last attempt that was counted, by event and target. */
  const retrying = new BoundedMap<string, number>(MAX_DELIVERIES);

  function count(name: string, ...dimensionSets: Dimension[][]): void {
    for (const dimensions of dimensionSets)
      store.count({ namespace: NAMESPACE, name, dimensions }, now(), 1, 'Count');
  }

  function countAttempt(fact: Ruled, attempt: number): void {
    const sets = [[], bus(fact), rule(fact)];
    count('InvocationAttempts', ...sets);
    if (attempt > 1) count('RetryInvocationAttempts', ...sets);
  }

  function countEnd(fact: Ruled & { eventId: string; targetArn: string }, attempts: number): void {
    const counted = retrying.take(deliveryKey(fact)) ?? 0;
    if (attempts > counted) countAttempt(fact, attempts);
    count('Invocations', [], rule(fact));
  }

  return (fact) => {
    switch (fact.kind) {
      case 'rule.matched':
        count('MatchedEvents', bus(fact), rule(fact));
        return count('TriggeredRules', [], bus(fact), rule(fact));
      case 'delivery.retry':
        retrying.set(deliveryKey(fact), fact.attempt);
        return countAttempt(fact, fact.attempt);
      case 'delivery.succeeded':
        count('SuccessfulInvocationAttempts', [], bus(fact), rule(fact));
        return countEnd(fact, fact.attempt);
      case 'delivery.deadLettered':
        countEnd(fact, fact.attempts);
        count('FailedInvocations', rule(fact));
        return count('InvocationsSentToDlq', rule(fact));
      case 'delivery.lost':
        countEnd(fact, fact.attempts);
        count('FailedInvocations', rule(fact));
        if (fact.queueArn !== undefined) count('InvocationsFailedToBeSentToDlq', rule(fact));
    }
  };
}

function deliveryKey({
  eventId,
  targetArn,
  ruleName,
}: {
  eventId: string;
  targetArn: string;
  ruleName: string;
}): string {
  return `${eventId} ${ruleName} ${targetArn}`;
}

function bus({ busName }: Ruled): Dimension[] {
  return [{ name: 'EventBusName', value: busName }];
}

/** A rule alone is one of the default bus; others come with theirs. */
function rule({ ruleName, busName }: Ruled): Dimension[] {
  const dimension = { name: 'RuleName', value: ruleName };
  return busName === 'default' ? [dimension] : [{ name: 'EventBusName', value: busName }, dimension];
}
