import { setTimeout as sleep } from 'node:timers/promises';
import { ordersTable } from '../adapters/orders-table.ts';
import { simulatedFulfilment } from '../adapters/simulated-fulfilment.ts';
import { documentClient } from '../platform/aws-clients.ts';
import { processorConfig } from '../platform/config.ts';
import { instrument } from '../platform/instrument.ts';
import { journalOf } from '../platform/journal.ts';
import { startTelemetry } from '../platform/telemetry.ts';
import { processOrder } from './process-order.ts';

const config = processorConfig(process.env);
const telemetry = startTelemetry('order-processor', config.stackName, process.env);
const journal = journalOf(telemetry, () => performance.now());

/** Lambda's entry: an Order Created event in, the order's outcome out. */
export const handler = instrument(
  telemetry,
  processOrder({
    orders: ordersTable(documentClient(telemetry.tracing), config.ordersTableName),
    fulfilment: simulatedFulfilment({ journal, durationMs: config.fulfilmentMs, sleep }),
    journal,
    now: () => new Date(),
  }),
);
