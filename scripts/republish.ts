import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  EXIT,
  type Output,
  openCommand,
  printable,
  runCommand,
  type Terminal,
} from 'serverless-loop/commands';
import { orderBus } from '../src/adapters/order-bus.ts';
import type { OrderBus } from '../src/orders/ports.ts';
import { parseAge } from './republish/age.ts';
import { publishAgain } from './republish/publication.ts';
import { findingText, outcomeText } from './republish/report.ts';
import { scanCostText } from './republish/scan-cost.ts';
import { findStuckOrders } from './republish/stuck-orders.ts';
import { findStack, STACK_OPTIONS, STACK_OPTIONS_HELP, type Stack } from './stack/find-stack.ts';
import { interruption } from './terminal/interruption.ts';
import { parseLimit } from './terminal/limit.ts';
import { progress } from './terminal/progress.ts';
import { isAnsweredYes, refuseUnasked } from './terminal/question.ts';

const HELP = `Finds orders that are still NEW and publishes Order Created of them again.

usage: npm run republish -- --older-than AGE [options]

      --older-than AGE    orders created at least that long ago: 90s, 15m, 2h, 1d
      --limit N           how many to publish at most (default: 1000)
      --dry-run           scan and show what there is; publish nothing
  -y, --yes               don't ask
${STACK_OPTIONS_HELP}
  -h, --help              this text
  -v, --version           the version

It reads the whole table, by a parallel scan, and says before what that costs. An order that is processed meanwhile
stays as it is: the processor takes the event for a repeat. Ctrl-C ends it after the order in hand.

exit status: 0 all were published, or there were none, 1 some were not or can't be read, 2 the command line is wrong, 3 no loop answers
`;

/** Few: a scan takes all it can of what the table can be read at, and the orders need their share. */
const SEGMENTS = 4;

await runCommand(main);

async function main(args: string[], terminal: Terminal): Promise<number> {
  const line = openCommand(
    args,
    {
      ...STACK_OPTIONS,
      'older-than': { type: 'string' },
      limit: { type: 'string' },
      'dry-run': { type: 'boolean' },
      yes: { type: 'boolean', short: 'y' },
    },
    { help: HELP },
    terminal,
  );
  if (!line) return EXIT.ok;
  const { values } = line;
  const ageMs = parseAge(values['older-than']);
  const limit = parseLimit(values.limit ?? '1000');
  const { 'dry-run': dryRun = false, yes = false } = values;
  if (!dryRun) refuseUnasked({ yes, isTerminal: process.stdin.isTTY === true });
  return republish(await findStack(values), { ageMs, limit, dryRun, isAsked: !yes && !dryRun, terminal });
}

interface RepublishOptions {
  ageMs: number;
  limit: number;
  dryRun: boolean;
  isAsked: boolean;
  terminal: Terminal;
}

async function republish(
  stack: Stack,
  { ageMs, limit, dryRun, isAsked, terminal }: RepublishOptions,
): Promise<number> {
  const { out, err } = terminal;
  const dynamodb = new DynamoDBClient(stack.client);
  const tableName = stack.output('OrdersTableName');
  const bus = busOf(stack);

  out.write(`table ${printable(tableName)}\n${await costOf(dynamodb, tableName)}`);
  const line = progress(err);
  const { signal, stop } = interruption(err);
  const mayGoOn = async (question: string) => !isAsked || ask(question, signal);
  try {
    if (!(await mayGoOn('Scan it?'))) return refused(out);
    const createdUntil = new Date(Date.now() - ageMs).toISOString();
    const table = DynamoDBDocumentClient.from(dynamodb);
    const found = await findStuckOrders({
      send: (command) => table.send(command),
      tableName,
      createdUntil,
      limit,
      segments: SEGMENTS,
      signal,
      onPage: (orders, scanned) => line.show(`${orders} found in ${scanned}`),
    });
    line.end();
    out.write(findingText(found, createdUntil));
    const { orders, unreadable } = found;
    const whole = unreadable.length === 0 ? EXIT.ok : EXIT.failed;
    if (dryRun || orders.length === 0) return signal.aborted ? EXIT.failed : whole;
    if (signal.aborted || !(await mayGoOn(`Publish ${orders.length} again?`))) return refused(out);

    const correlationId = randomUUID();
    const result = await publishAgain({
      orders,
      bus,
      correlationId,
      signal,
      elapsedMs: () => performance.now(),
      onDone: (done) => line.show(`${done} of ${orders.length}`),
    });
    line.end();
    out.write(outcomeText(result, correlationId));
    return result.published === orders.length ? whole : EXIT.failed;
  } finally {
    stop();
  }
}

/** The creator's own way to publish. */
function busOf(stack: Stack): OrderBus {
  return orderBus({
    client: new EventBridgeClient(stack.client),
    busName: stack.output('OrderBusName'),
    sleep,
    random: Math.random,
    marginMs: stack.client.requestHandler.requestTimeout,
  });
}

async function costOf(dynamodb: DynamoDBClient, tableName: string): Promise<string> {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: tableName }));
  return scanCostText({ items: Table?.ItemCount ?? 0, sizeBytes: Table?.TableSizeBytes ?? 0 });
}

function ask(question: string, signal: AbortSignal): Promise<boolean> {
  return isAnsweredYes(question, { input: process.stdin, output: process.stderr, signal });
}

function refused(out: Output): number {
  out.write('Nothing was published.\n');
  return EXIT.failed;
}
