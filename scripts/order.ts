import process from 'node:process';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import {
  EXIT,
  openCommand,
  painter,
  printable,
  runCommand,
  type Terminal,
  UsageError,
  wantsColour,
} from 'serverless-loop/commands';
import { ORDER_STATUSES, type OrderStatus } from '../src/orders/order.ts';
import { MAX_PAGES, newestOrders } from './order/newest-orders.ts';
import { listText, orderText, readText } from './order/report.ts';
import { findStack, STACK_OPTIONS, STACK_OPTIONS_HELP } from './stack/find-stack.ts';
import { parseLimit } from './terminal/limit.ts';

const HELP = `Shows the status and the history of an order, or without an id the newest orders.

usage: npm run order -- [ID] [options]

      --status STATUS     of the list: only orders that are ${ORDER_STATUSES.join(' or ')}
      --limit N           how many to list at most (default: 20)
      --json              as JSON; with npm run -s, which keeps npm's own lines away
      --table NAME        the orders table by its name, on AWS, for who may not ask for the stack
${STACK_OPTIONS_HELP}
  -h, --help              this text
  -v, --version           the version

  npm run order                                    the newest orders
  npm run order -- --status NEW --limit 5          the newest that are not processed
  npm run order -- 1b4e28ba-2fa1-51d2-883f-0016d3cca427

An order by its id takes half to a few read request units. A list reads the table, whatever it shows of it, because no
index is kept for it: half a unit for 4 KB, and at most ${MAX_PAGES} MB, which are ${MAX_PAGES * 128} units, or $0.001 in us-east-1. Of a
larger table it says that there may be newer orders. Nothing of a customer's is read.

exit status: 0 found, or listed, 1 no such order, 2 the command line is wrong, 3 no loop answers
`;

await runCommand(main);

async function main(args: string[], terminal: Terminal): Promise<number> {
  const line = openCommand(
    args,
    {
      ...STACK_OPTIONS,
      status: { type: 'string' },
      limit: { type: 'string' },
      table: { type: 'string' },
      json: { type: 'boolean' },
    },
    { help: HELP, takes: 1 },
    terminal,
  );
  if (!line) return EXIT.ok;
  const { values, positionals } = line;
  const [orderId] = positionals;
  if (orderId === '') throw new UsageError('expected the id of an order, found an empty one');
  const { json = false, table } = values;
  const ofList = (['status', 'limit'] as const).find((name) => values[name] !== undefined);
  if (orderId !== undefined && ofList !== undefined)
    throw new UsageError(`--${ofList}: of a list, and there is the id of one order beside it`);
  const status = values.status === undefined ? undefined : parseStatus(values.status);
  const limit = parseLimit(values.limit ?? '20');
  const stack = await findStack(values, table === undefined ? undefined : { OrdersTableName: table });
  const tableName = stack.output('OrdersTableName');
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(stack.client));
  return orderId === undefined
    ? list(client, { tableName, status, limit, json }, terminal)
    : show(client, { tableName, orderId, json }, terminal);
}

async function show(
  client: DynamoDBDocumentClient,
  { tableName, orderId, json }: { tableName: string; orderId: string; json: boolean },
  { out, err }: Terminal,
): Promise<number> {
  const { Item: order } = await client.send(
    new GetCommand({
      TableName: tableName,
      Key: { orderId },
      ConsistentRead: true,
      ProjectionExpression: 'orderId, #status, createdAt, processedAt, history',
      ExpressionAttributeNames: { '#status': 'status' },
    }),
  );
  if (order === undefined) {
    err.write(`No order ${printable(orderId)} in ${printable(tableName)}.\n`);
    return EXIT.failed;
  }
  if (json) out.json(order, 2);
  else out.write(orderText(order, painter(wantsColour(out, process.env))));
  return EXIT.ok;
}

async function list(
  client: DynamoDBDocumentClient,
  { json, ...wanted }: { tableName: string; status: OrderStatus | undefined; limit: number; json: boolean },
  { out, err }: Terminal,
): Promise<number> {
  const found = await newestOrders(client, wanted);
  if (json) out.json(found.orders, 2);
  else out.write(listText(found, painter(wantsColour(out, process.env))));
  err.write(readText(found));
  return EXIT.ok;
}

/** Throws UsageError. */
function parseStatus(text: string): OrderStatus {
  const status = ORDER_STATUSES.find((each) => each === text.toUpperCase());
  if (status !== undefined) return status;
  throw new UsageError(`--status: expected ${ORDER_STATUSES.join(' or ')}, found "${text}"`);
}
