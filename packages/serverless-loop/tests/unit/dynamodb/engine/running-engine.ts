import { onTestFinished } from 'vitest';
import { type Engine, startEngine } from '../../../../src/services/dynamodb/engine/start-engine.ts';

export const place = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' };

/** A clock that goes on when it is told to. */
export function manualClock(startMs = Date.UTC(2026, 0, 1)) {
  let nowMs = startMs;
  let waiting: { atMs: number; task: () => void }[] = [];
  return {
    now: () => nowMs,
    after(delayMs: number, task: () => void) {
      const timer = { atMs: nowMs + delayMs, task };
      waiting.push(timer);
      return {
        cancel() {
          waiting = waiting.filter((other) => other !== timer);
        },
      };
    },
    /** Runs what comes due, in its order. */
    advance(ms: number) {
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = waiting.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
        if (!next) break;
        waiting = waiting.filter((other) => other !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.task();
      }
      nowMs = untilMs;
    },
  };
}

/** An engine until the test ends, with its clock. */
export function runningEngine(dataDir?: string) {
  const clock = manualClock();
  const engine = startEngine({ clock, place, ...(dataDir !== undefined && { dataDir }) });
  onTestFinished(() => engine.stop());
  return { engine, clock };
}

/** Makes the table `boxes` with the key `depot` and `number`. */
export function createBoxes(engine: Engine, more: Record<string, unknown> = {}): void {
  engine.createActiveTable({
    TableName: 'boxes',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'depot', KeyType: 'HASH' },
      { AttributeName: 'number', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'depot', AttributeType: 'S' },
      { AttributeName: 'number', AttributeType: 'N' },
    ],
    ...more,
  });
}

export const box = (number: number, more: Record<string, unknown> = {}, depot = 'north') => ({
  depot: { S: depot },
  number: { N: String(number) },
  ...more,
});

export const put = (engine: Engine, Item: unknown) => engine.operations.PutItem({ TableName: 'boxes', Item });

export const get = (engine: Engine, Key: unknown) =>
  engine.operations.GetItem({ TableName: 'boxes', Key }).Item;
