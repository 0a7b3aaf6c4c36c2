import { isObject, type Paint, printable, printableJson } from 'serverless-loop/commands';
import type { OrderSighting } from '../order-watch.ts';

const EXPECTED = 'NEW,PROCESSED';

export function isGood(sightings: readonly OrderSighting[]): boolean {
  return statusesOf(sightings).join() === EXPECTED;
}

export function statusesOf(sightings: readonly OrderSighting[]): string[] {
  return sightings.map(({ status }) => status);
}

/** One sentence: how it went. */
export function verdict(sightings: readonly OrderSighting[], paint: Paint): string {
  if (isGood(sightings)) {
    const [created, processed] = sightings;
    const took = created && processed ? ` in ${duration(processed.atMs - created.atMs)}` : '';
    return `${paint('green', 'NEW, then PROCESSED')}${took}, each from a write to the orders table.`;
  }
  const seen = printable(statusesOf(sightings).join(', ')) || 'nothing';
  return `${paint('red', 'Not as it should be')}: expected NEW, then PROCESSED; seen ${seen}.`;
}

/** Each status that the item has had, and when. */
export function historyOf({ orderId, history }: Record<string, unknown>): string {
  const entries: unknown[] = Array.isArray(history) ? history : [];
  const rows = entries
    .filter(isObject)
    .map(
      ({ status, at }) =>
        `  ${printable(String(status)).padEnd('PROCESSED'.length)}  ${printable(String(at))}`,
    );
  return [`order ${printable(String(orderId))}`, ...rows].join('\n');
}

/** JSON with one line for each field, to fit a screen. */
export function oneLineEach(item: Record<string, unknown>): string {
  const lines = Object.entries(item).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return printableJson(`{\n${lines.join(',\n')}\n}`);
}

function duration(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(1)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
