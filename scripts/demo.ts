import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { type Loop, startLoop } from '../local/loop.ts';
import { LOOP_OPTIONS, LOOP_OPTIONS_HELP, loopOptions } from '../local/start-options.ts';
import { aboutText } from '../local/terminal/about.ts';
import { parseArguments, UsageError, withOptionalValue } from '../local/terminal/arguments.ts';
import { painter, wantsColour } from '../local/terminal/colour.ts';
import { runCommand, type Terminal } from '../local/terminal/command.ts';
import { EXIT } from '../local/terminal/failure.ts';
import type { Output } from '../local/terminal/output.ts';
import { printable, printableJson } from '../local/terminal/printable.ts';
import { factPrinter } from '../local/terminal/printer.ts';
import { decodeText } from '../local/text-file.ts';
import { type OrderSighting, orderWatch } from './order-watch.ts';

const HELP = `Takes one order from a JSON file to PROCESSED, through the real functions, and shows each step.

usage: npm run demo -- [options]

  -e, --event FILE               the order (default: events/order.json)
${LOOP_OPTIONS_HELP.replace('(default: 4580; 0: any free one)', '(default: any free one)')}

exit status: 0 the order was seen NEW and then PROCESSED, 1 it was not, 2 the command line is wrong
`;

/** The system answered in a way that ends the demo. */
class DemoError extends Error {
  override readonly name = 'DemoError';
}

/** How long the order may take, with a FULFILMENT_MS of some seconds in mind. */
const PATIENCE_MS = 60_000;

await runCommand(main);

async function main(args: string[], { out, err }: Terminal): Promise<number> {
  const { values, positionals } = parseArguments(withOptionalValue(args, '--inspect', '--inspect-wait'), {
    ...LOOP_OPTIONS,
    event: { type: 'string', short: 'e' },
  });
  const about = aboutText(values, HELP);
  if (about !== undefined) {
    out.write(about);
    return EXIT.ok;
  }
  if (positionals[0] !== undefined) throw new UsageError(`unexpected argument "${positionals[0]}"`);
  const file = values.event ?? path.join('events', 'order.json');
  const order = readOrder(file);

  const json = values.json ?? false;
  const stamp = () => `${(performance.now() / 1000).toFixed(3).padStart(7)} s`;
  const printer = factPrinter({
    json,
    platformLogs: values['platform-logs'] ?? false,
    stamp,
    stream: out,
  });
  const paint = painter(!json && wantsColour(out, process.env));
  const say = (text: string) => {
    if (!json) out.write(`${paint('dim', stamp())}  ${text}\n`);
  };

  const watch = orderWatch((orderId, status) =>
    say(`order ${paint('bold', printable(orderId))} is ${paint('green', printable(status))}`),
  );
  const stopWaiting = AbortSignal.timeout(PATIENCE_MS);
  say(`starting the loop from ${path.basename(values.template ?? 'template.yaml')}`);
  const loop = await startLoop({
    ...loopOptions(values, printer.report, 0),
    watch: false,
    onStack: printer.knows,
    onWrite: watch.onWrite,
  });
  try {
    await loop.ready();
    say(`${paint('green', 'ready')} at ${loop.endpoint}, stack ${loop.stack.name}`);
    say(`placing ${paint('bold', printable(file))} with OrderCreatorFunction`);
    const answer = await place(loop, order);
    if (answer.accepted !== true || typeof answer.orderId !== 'string') {
      out.json(answer, 2);
      err.write(`The order in ${printable(file)} was not accepted.\n`);
      return EXIT.failed;
    }
    say(`order ${paint('bold', printable(answer.orderId))} accepted`);
    const sightings = await watch.seen(answer.orderId, 'PROCESSED', stopWaiting);
    await loop.idle();
    const item = await readItem(loop, answer.orderId);
    return conclude({ sightings, item, json, paint, out });
  } finally {
    await loop.stop();
  }
}

function conclude(end: {
  sightings: OrderSighting[];
  item: Record<string, unknown>;
  json: boolean;
  paint: ReturnType<typeof painter>;
  out: Output;
}): number {
  const { sightings, item, json, paint, out } = end;
  const statuses = sightings.map(({ status }) => status);
  const good = statuses.join() === 'NEW,PROCESSED';
  if (json) {
    out.json({ kind: 'demo.ended', good, statuses, item });
  } else {
    const [created, processed] = sightings;
    const took = created && processed ? ` in ${(processed.atMs - created.atMs).toFixed(1)} ms` : '';
    out.write(`\n${oneLineEach(item)}\n\n`);
    out.write(
      good
        ? `${paint('green', 'NEW, then PROCESSED')}${took}, each from a write to the orders table.\n`
        : `${paint('red', 'Not as it should be')}: expected NEW, then PROCESSED; seen ${printable(statuses.join(', ')) || 'nothing'}.\n`,
    );
  }
  return good ? EXIT.ok : EXIT.failed;
}

/** JSON with one line for each field, to fit a screen. */
function oneLineEach(item: Record<string, unknown>): string {
  const lines = Object.entries(item).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return printableJson(`{\n${lines.join(',\n')}\n}`);
}

async function place(loop: Loop, order: string): Promise<Record<string, unknown>> {
  const client = new LambdaClient(clientOptions(loop));
  const output = await client.send(
    new InvokeCommand({ FunctionName: outputOf(loop, 'OrderCreatorFunctionName'), Payload: order }),
  );
  client.destroy();
  const text = new TextDecoder().decode(output.Payload);
  if (output.FunctionError) throw new DemoError(`the order creator failed: ${text}`);
  const answer: unknown = JSON.parse(text);
  if (typeof answer !== 'object' || answer === null)
    throw new DemoError(`the order creator answered ${text}`);
  return { ...answer };
}

async function readItem(loop: Loop, orderId: string): Promise<Record<string, unknown>> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions(loop)));
  const { Item } = await client.send(
    new GetCommand({ TableName: outputOf(loop, 'OrdersTableName'), Key: { orderId }, ConsistentRead: true }),
  );
  client.destroy();
  if (Item === undefined) throw new DemoError(`the orders table has no order ${orderId}`);
  return Item;
}

function clientOptions(loop: Loop) {
  return {
    endpoint: loop.endpoint,
    region: loop.stack.place.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
}

function outputOf(loop: Loop, name: string): string {
  const output = loop.stack.outputs.find((candidate) => candidate.name === name);
  if (output) return output.value;
  throw new DemoError(`the template has no output ${name}; the demo finds the system by its outputs`);
}

function readOrder(file: string): string {
  try {
    const text = decodeText(readFileSync(file));
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new UsageError(`can't read the order ${file}: ${error instanceof Error ? error.message : error}`);
  }
}
