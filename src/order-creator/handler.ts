import { setTimeout as sleep } from 'node:timers/promises';
import { orderBus } from '../adapters/order-bus.ts';
import { ordersTable } from '../adapters/orders-table.ts';
import { documentClient, eventBridgeClient, MAX_CALL_MS } from '../platform/aws-clients.ts';
import { creatorConfig } from '../platform/config.ts';
import { instrument } from '../platform/instrument.ts';
import { journalOf } from '../platform/journal.ts';
import { startTelemetry } from '../platform/telemetry.ts';
import { placeOrder } from './place-order.ts';

const config = creatorConfig(process.env);
const telemetry = startTelemetry('order-creator', config.stackName, process.env);
const journal = journalOf(telemetry, () => performance.now());

/** Lambda's entry: an order request in, an OrderAnswer out. */
export const handler = instrument(
  telemetry,
  placeOrder({
    orders: ordersTable(documentClient(telemetry.tracing), config.ordersTableName),
    bus: orderBus({
      client: eventBridgeClient(telemetry.tracing),
      busName: config.orderBusName,
      sleep,
      random: Math.random,
      marginMs: MAX_CALL_MS,
      journal,
    }),
    journal,
    now: () => new Date(),
    retentionDays: config.retentionDays,
  }),
);
