import type { FactOnWire } from '../../src/console/fact-answer.ts';

/** The traffic of one resource, as far as the page knows it. */
export interface Traffic {
  count: number;
  errors: number;
  /** Epoch milliseconds of the last that happened. */
  lastAt: number;
  lastErrorAt: number;
}

/** Counts facts by the name of the resource that they are of. */
export function trafficOf(groups: readonly (readonly FactOnWire[])[]): ReadonlyMap<string, Traffic> {
  const all = new Map<string, Traffic>();
  for (const facts of groups)
    for (const fact of facts) {
      const told = happening(fact);
      if (!told) continue;
      const at = Date.parse(fact.time);
      const known = all.get(told.name) ?? { count: 0, errors: 0, lastAt: 0, lastErrorAt: 0 };
      all.set(told.name, known);
      known.count += told.isError ? 0 : 1;
      known.errors += told.isError ? 1 : 0;
      known.lastAt = Math.max(known.lastAt, at);
      if (told.isError) known.lastErrorAt = Math.max(known.lastErrorAt, at);
    }
  return all;
}

/** Each thing that happened once: a request when it has ended, a message when it was sent. */
function happening(fact: FactOnWire): { name: string; isError: boolean } | undefined {
  switch (fact.kind) {
    case 'invocation.ended':
      return { name: fact.functionName, isError: fact.outcome !== 'ok' };
    case 'invocation.throttled':
      return { name: fact.functionName, isError: true };
    case 'table.written':
      return { name: fact.tableName, isError: false };
    case 'event.published':
      return { name: fact.busName, isError: false };
    case 'rule.matched':
      return { name: fact.ruleName, isError: false };
    case 'delivery.retry':
    case 'delivery.deadLettered':
    case 'delivery.lost':
      return { name: fact.ruleName, isError: true };
    case 'queue.sent':
      return { name: fact.queueName, isError: false };
    case 'topic.published':
      return { name: fact.topicName, isError: false };
    case 'notification.failed':
      return { name: fact.topicName, isError: true };
    case 'object.notified':
      return { name: fact.bucketName, isError: false };
    case 'schedule.invoked':
      return { name: fact.scheduleName, isError: false };
    case 'execution.ended':
      return { name: fact.machineName, isError: fact.status !== 'SUCCEEDED' };
    case 'call.denied':
      return { name: fact.caller, isError: true };
    case 'request.answered':
      return { name: fact.apiId, isError: fact.status >= 500 };
    default:
      return undefined;
  }
}
