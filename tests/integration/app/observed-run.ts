import { onTestFinished } from 'vitest';
import { newOrder } from '../../../src/orders/order.ts';
import { orderIdFor } from '../../../src/orders/order-id.ts';
import { fullOrder } from '../../unit/app/valid-order.ts';
import { type Answer, type Call, startAwsStandIn } from './aws-stand-in.ts';
import type { FunctionProcess } from './function-process.ts';
import { startTraceCollector } from './trace-collector.ts';

/** Everything of the full order that is the customer's: none of it may be seen outside the table. */
export const CUSTOMER =
  /Nora|Nibble|example\.com|15550100123|Example Street|Apartment|Exampleville|12345\b|Ring twice/;
export const ORDER_ID = orderIdFor(fullOrder(), '');
/** The full order as it may be in the table already. */
export const STORED = newOrder(fullOrder(), ORDER_ID, new Date('2026-01-31T12:00:00.000Z'));

/** Runs a function against an AWS that answers so; gives back all that could be seen of it from outside. */
export async function observedRun(
  fn: FunctionProcess,
  events: unknown[],
  answer: (call: Call) => Answer,
  variables = {},
) {
  const aws = await startAwsStandIn(answer);
  const collector = await startTraceCollector();
  onTestFinished(async () => {
    collector.stop();
    await aws.stop();
  });
  const environment = {
    STACK_NAME: 'a-stack',
    ORDERS_TABLE_NAME: 'orders',
    ORDER_BUS_NAME: 'bus',
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_XRAY_DAEMON_ADDRESS: collector.address,
    ...variables,
  };
  const { outcomes, lines } = await fn.run(environment, events);
  const json: Record<string, unknown>[] = lines.map((line) => JSON.parse(line));
  return {
    outcomes,
    calls: aws.calls,
    lines,
    logs: json.filter((line) => line._aws === undefined),
    metrics: json.filter((line) => line._aws !== undefined),
    collector,
  };
}

/** An AWS where everything succeeds. */
export function takesAll({ operation }: Call): Answer {
  return {
    body: operation === 'PutEvents' ? { FailedEntryCount: 0, Entries: [{ EventId: 'event-1' }] } : {},
  };
}
