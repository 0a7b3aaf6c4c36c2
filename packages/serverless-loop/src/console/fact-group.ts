/** Facts that are kept together: a busy group pushes out no fact of another. */
export type FactGroup = (typeof FACT_GROUPS)[number];

export const FACT_GROUPS = [
  'events',
  'invocations',
  'executions',
  'logs',
  'tables',
  'queues',
  'topics',
  'objects',
  'requests',
  'telemetry',
  'system',
] as const;

/** By the first word of a fact's kind; all others are the system's. */
const GROUPS = new Map<string, FactGroup>([
  ['event', 'events'],
  ['rule', 'events'],
  ['delivery', 'events'],
  ['schedule', 'events'],
  ['replay', 'events'],
  ['archives', 'events'],
  ['invocation', 'invocations'],
  ['destination', 'invocations'],
  ['batch', 'invocations'],
  ['source', 'invocations'],
  ['recursion', 'invocations'],
  ['execution', 'executions'],
  ['state', 'executions'],
  ['task', 'executions'],
  ['log', 'logs'],
  ['logs', 'logs'],
  ['table', 'tables'],
  ['queue', 'queues'],
  ['topic', 'topics'],
  ['notification', 'topics'],
  ['subscription', 'topics'],
  ['object', 'objects'],
  ['request', 'requests'],
  ['call', 'requests'],
  ['alarm', 'telemetry'],
  ['alarms', 'telemetry'],
  ['metrics', 'telemetry'],
  ['traces', 'telemetry'],
  ['spans', 'telemetry'],
]);

export function groupOf(kind: string): FactGroup {
  const dot = kind.indexOf('.');
  return GROUPS.get(dot < 0 ? kind : kind.slice(0, dot)) ?? 'system';
}
