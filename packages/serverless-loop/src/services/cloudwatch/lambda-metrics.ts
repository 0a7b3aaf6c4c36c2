import type { Dimension, MetricUnit } from '../../aws/metric.ts';
import type { Fact, Report } from '../../facts.ts';
import { BoundedMap } from './bounded-map.ts';
import type { MetricStore } from './metric-store.ts';

const NAMESPACE = 'AWS/Lambda';
/** Events under way that are remembered at once. */
const MAX_EVENTS = 10_000;

/** The target of an invocation: a function, or an alias and the version that it led to. */
interface Invoked {
  functionName: string;
  qualifier?: string;
  executedVersion?: string;
}

/**
 * Lambda's own metrics (Lambda guide, "Types of metrics for Lambda functions"). A throttle is neither an invocation nor an
 * error; the time stamp is that of the invocation's begin.
 */
export function lambdaMetrics(store: MetricStore, now: () => number): Report {
  const running = new Map<string, number>();
  let runningAll = 0;
  /** Times at which asynchronous events were accepted, by their request ids. */
  const accepted = new BoundedMap<string, number>(MAX_EVENTS);

  function count(name: string, invoked: Invoked, value: number, unit: MetricUnit, atMs = now()): void {
    for (const dimensions of dimensionSets(invoked))
      store.count({ namespace: NAMESPACE, name, dimensions }, atMs, value, unit);
  }

  function started(fact: Extract<Fact, { kind: 'invocation.started' }>): void {
    const { functionName } = fact;
    const here = (running.get(functionName) ?? 0) + 1;
    running.set(functionName, here);
    runningAll += 1;
    const [ofAll, ...ofFunction] = dimensionSets(fact);
    const metric = { namespace: NAMESPACE, name: 'ConcurrentExecutions' };
    if (ofAll) store.count({ ...metric, dimensions: ofAll }, now(), runningAll, 'Count');
    for (const dimensions of ofFunction) store.count({ ...metric, dimensions }, now(), here, 'Count');
    const acceptedAtMs = accepted.get(fact.requestId);
    if (acceptedAtMs !== undefined) count('AsyncEventAge', fact, now() - acceptedAtMs, 'Milliseconds');
  }

  function ended(fact: Extract<Fact, { kind: 'invocation.ended' }>): void {
    const { functionName, requestId, outcome, durationMs } = fact;
    running.set(functionName, Math.max(0, (running.get(functionName) ?? 0) - 1));
    runningAll = Math.max(0, runningAll - 1);
    const startedAtMs = now() - durationMs;
    count('Invocations', fact, 1, 'Count', startedAtMs);
    // Success is reported as no errors: an average of the errors is their rate.
    count('Errors', fact, outcome === 'ok' ? 0 : 1, 'Count', startedAtMs);
    count('Duration', fact, durationMs, 'Milliseconds', startedAtMs);
    if (outcome === 'ok') accepted.take(requestId);
  }

  return (fact) => {
    switch (fact.kind) {
      case 'invocation.started':
        return started(fact);
      case 'invocation.ended':
        return ended(fact);
      case 'invocation.throttled':
        return count('Throttles', fact, 1, 'Count');
      case 'invocation.accepted':
        accepted.set(fact.requestId, now());
        return count('AsyncEventsReceived', fact, 1, 'Count');
      case 'invocation.dropped':
        accepted.take(fact.requestId);
        return count('AsyncEventsDropped', fact, 1, 'Count');
      case 'destination.failed':
        return count(
          fact.isDeadLetter ? 'DeadLetterErrors' : 'DestinationDeliveryFailures',
          fact,
          1,
          'Count',
        );
    }
  };
}

/** All functions, one function, its alias (or the function as such), and the version behind an alias. */
function dimensionSets({ functionName, qualifier, executedVersion }: Invoked): Dimension[][] {
  const ofFunction = { name: 'FunctionName', value: functionName };
  const resource = {
    name: 'Resource',
    value: qualifier === undefined ? functionName : `${functionName}:${qualifier}`,
  };
  const sets = [[], [ofFunction], [ofFunction, resource]];
  if (qualifier !== undefined && executedVersion !== undefined && executedVersion !== qualifier)
    sets.push([ofFunction, resource, { name: 'ExecutedVersion', value: executedVersion }]);
  return sets;
}
