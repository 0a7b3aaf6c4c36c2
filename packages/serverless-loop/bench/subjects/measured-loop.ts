import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loopOptions } from '../../src/cli/start-options.ts';
import type { Report } from '../../src/facts.ts';
import { type Loop, startLoop } from '../../src/loop/loop.ts';
import type { FunctionModel } from '../../src/template/model.ts';
import { BenchError } from '../bench-error.ts';
import { type Client, startClient } from '../client/client-process.ts';
import type { FigureOptions } from '../figure.ts';
import { orderTimes } from './order-times.ts';
import { ROOT, temporaryFolder } from './project.ts';

/** A loop in this process, and a client of it in another. */
export interface MeasuredLoop {
  loop: Loop;
  client: Client;
  creator: FunctionModel;
  /** One order, as the client's jobs take it. */
  order: { endpoint: string; functionName: string; payload: string };
  /** The orders table, as the client's jobs take it. */
  table: { endpoint: string; tableName: string; keyName: string };
  /** Places new orders, `atOnce` of them at any time, and waits until the last is PROCESSED. */
  place(count: number, atOnce: number): Promise<Placed>;
}

export interface Placed {
  /** From the first call to the last order's being PROCESSED. */
  elapsedMs: number;
  /** Of each order: from the call to the answer, as the client saw it. */
  invokeMs: number[];
  /** Of each order: from acknowledged to PROCESSED, as the loop saw it; 0 when it was PROCESSED before. */
  toProcessedMs: number[];
}

/** Starts both for the project in `folder`, and waits until the functions wait for work. */
export async function startMeasuredLoop(
  options: FigureOptions,
  {
    folder = ROOT,
    watch = false,
    report = () => {},
  }: { folder?: string; watch?: boolean; report?: Report } = {},
): Promise<MeasuredLoop> {
  const times = orderTimes();
  const loop = await startLoop({
    ...loopOptions(
      { template: path.join(folder, 'template.yaml') },
      (fact) => {
        times.report(fact);
        report(fact);
      },
      0,
    ),
    cacheDir: temporaryFolder(options),
    watch,
    onWrite: times.onWrite,
  });
  options.atEnd(() => loop.stop());
  const client = startClient(options);
  await loop.ready();

  const creator = loop.stack.functions.find(({ logicalId }) => logicalId === 'OrderCreatorFunction');
  const [orders] = loop.stack.tables;
  if (!creator || !orders) throw new BenchError('the template has no OrderCreatorFunction or no table');
  const { endpoint } = loop;
  const [alias] = creator.qualifiers.filter(({ name, version }) => name !== version);
  const order = {
    endpoint,
    // As callers do: by the alias, whose environment waits since the start.
    functionName: alias ? `${creator.name}:${alias.name}` : creator.name,
    payload: readFileSync(path.join(ROOT, 'events/order.json'), 'utf8'),
  };

  return {
    loop,
    client,
    creator,
    order,
    table: { endpoint, tableName: orders.name, keyName: 'orderId' },
    async place(count, atOnce) {
      times.clear();
      const startedAt = performance.now();
      const { latenciesMs, answers } = await client.run({ kind: 'invoke', ...order, count, atOnce });
      const elapsedMs = (await times.allProcessed(count)) - startedAt;
      const toProcessedMs = answers.map(({ requestId, body }) => {
        const processedAt = timeOf(times.processedAt, orderIdIn(body));
        return Math.max(0, processedAt - timeOf(times.acknowledgedAt, requestId));
      });
      await loop.idle();
      return { elapsedMs, invokeMs: latenciesMs, toProcessedMs };
    },
  };
}

function timeOf(times: ReadonlyMap<string, number>, id: string): number {
  const time = times.get(id);
  if (time === undefined) throw new BenchError(`nothing was seen of ${id}`);
  return time;
}

/** The orderId of an accepted order. */
function orderIdIn(answer: string): string {
  const { orderId }: { orderId?: unknown } = JSON.parse(answer);
  if (typeof orderId !== 'string') throw new BenchError(`events/order.json was not accepted: ${answer}`);
  return orderId;
}
