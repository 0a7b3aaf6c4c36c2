import type { JsonObject } from '../../../src/aws/json-object.ts';
import { startClock } from '../../../src/clock.ts';
import type { Fact } from '../../../src/facts.ts';
import { type LogsOptions, startLogs } from '../../../src/services/logs/logs.ts';
import { called, needed } from '../../operation-calls.ts';

export const place = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' } as const;

/** 2026-01-01, in epoch milliseconds: when the tests happen. */
export const NOW = 1_767_225_600_000;

/** CloudWatch Logs on a clock that stands still, unless `at` moves it. */
export function startTestLogs(options: Partial<LogsOptions> = {}) {
  const facts: Fact[] = [];
  let now = NOW;
  const logs = startLogs({
    place,
    groups: [],
    subscriptions: [],
    metricFilters: [],
    clock: startClock(),
    wallClock: startClock(),
    onMetric() {},
    receiverOf: () => undefined,
    trusts: () => true,
    traceOf: () => undefined,
    report: (fact) => facts.push(fact),
    mayWrite: () => true,
    now: () => now,
    ...options,
  });
  const call = { caller: {}, requestId: 'r', endpoint: '', signal: new AbortController().signal };

  return {
    ...logs,
    facts,
    at(time: number) {
      now = time;
    },
    async call(operation: string, input: JsonObject): Promise<JsonObject> {
      const { operations } = await logs.service.load();
      return called(operations[operation], input, call);
    },
    async needs(operation: string, input: JsonObject) {
      const { operations } = await logs.service.load();
      return needed(operations[operation], input);
    },
    /** A function writes a line now. */
    log(line: string, { logGroup = 'g', logStream = 's', timestamp = now, requestId = '' } = {}) {
      logs.observe({
        kind: 'log',
        functionName: 'f',
        line,
        source: 'function',
        logGroup,
        logStream,
        timestamp,
        ...(requestId !== '' && { requestId }),
      });
    },
  };
}

export type TestLogs = ReturnType<typeof startTestLogs>;

/** The messages of an answer with events, without the ends of their lines. */
export function messages({ events }: JsonObject): string[] {
  return Array.isArray(events) ? events.map(({ message }) => String(message).trimEnd()) : [];
}
