import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import {
  aboutText,
  columnsOf,
  decodeText,
  EXIT,
  type Fact,
  factPrinter,
  isObject,
  LOOP_OPTIONS,
  LOOP_OPTIONS_HELP,
  type Loop,
  loopOptions,
  NARROW,
  type Output,
  type Paint,
  painter,
  parseArguments,
  printable,
  printableJson,
  retrySpeedOf,
  runCommand,
  startLoop,
  type Terminal,
  UsageError,
  wantsColour,
  withOptionalValue,
  wrap,
} from 'serverless-loop/commands';
import { startOutage } from './demo/outage.ts';
import { typed } from './demo/typed.ts';
import { type OrderSighting, orderWatch } from './order-watch.ts';

const HELP = `Takes one order from a JSON file to PROCESSED, through the real functions, and shows each step.

What the functions log, and the whole item, are shown with --verbose; every other step always is.

usage: npm run demo -- [options]

  -e, --event FILE               the order (default: events/order.json)
      --failure                  DynamoDB fails when the order is to be PROCESSED: the event is tried again, at 60 times
                                 AWS's speed, left in the queue of failures, and sent again when DynamoDB is back
${LOOP_OPTIONS_HELP.replace('(default: 4580; 0: any free one)', '(default: any free one)')}

exit status: 0 the order was seen NEW and then PROCESSED, 1 it was not, 2 the command line is wrong
`;

/** The system answered in a way that ends the demo. */
class DemoError extends Error {
  override readonly name = 'DemoError';
}

const STAMP_WIDTH = 10;

/** Lambda tries again after one minute and after two. */
const FAILURE_SPEED = 60;

/** How long the order may take, with a FULFILMENT_MS of some seconds in mind. */
const PATIENCE_MS = 60_000;

await runCommand(main);

async function main(args: string[], { out, err }: Terminal): Promise<number> {
  const { values, positionals } = parseArguments(withOptionalValue(args, '--inspect', '--inspect-wait'), {
    ...LOOP_OPTIONS,
    event: { type: 'string', short: 'e' },
    failure: { type: 'boolean' },
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
  const verbose = values.verbose ?? false;
  const outage = values.failure ? await startOutage() : undefined;
  const retrySpeed = outage && values['retry-speed'] === undefined ? FAILURE_SPEED : retrySpeedOf(values);
  const stamp = () => `${(performance.now() / 1000).toFixed(3).padStart(6)} s`;
  const printer = factPrinter({
    json,
    platformLogs: values['platform-logs'] ?? false,
    verbose,
    retrySpeed,
    stamp,
    stream: out,
  });
  const paint = painter(!json && wantsColour(out, process.env));
  const say = (text: string) => {
    if (!json) show(out, `${paint('dim', stamp())}  ${text}`);
  };

  const watch = orderWatch((orderId, status) =>
    say(`order ${paint('bold', printable(orderId))} is ${paint('green', printable(status))}`),
  );
  const stopWaiting = AbortSignal.timeout(PATIENCE_MS);
  say(`starting the loop from ${path.basename(values.template ?? 'template.yaml')}`);
  const failed = outage && Promise.withResolvers<void>();
  const report = (fact: Fact) => {
    if (json || verbose || isStep(fact, outage !== undefined)) printer.report(fact);
    if (fact.kind === 'destination.sent') failed?.resolve();
  };
  const loop = await startLoop({
    ...loopOptions(values, report, 0),
    retrySpeed,
    watch: false,
    ...(outage && { functionEndpoint: outage.endpoint }),
    onStack: printer.knows,
    onWrite: watch.onWrite,
  });
  outage?.forwardTo(loop.endpoint);
  try {
    await loop.ready();
    outage?.begin('UpdateItem');
    say(`${paint('green', 'ready')}: placing ${paint('bold', printable(file))} with OrderCreatorFunction`);
    if (outage) say(paint('yellow', 'DynamoDB has an outage: it fails at UpdateItem'));
    const answer = await place(loop, order);
    if (answer.accepted !== true || typeof answer.orderId !== 'string') {
      out.json(answer, 2);
      err.write(`The order in ${printable(file)} was not accepted.\n`);
      return EXIT.failed;
    }
    if (outage && failed) {
      await Promise.race([failed.promise, once(stopWaiting, 'abort')]);
      outage.end();
      say(paint('yellow', 'DynamoDB is back'));
      await redrive(loop, say, paint);
    }
    const sightings = await watch.seen(answer.orderId, 'PROCESSED', stopWaiting);
    await loop.idle();
    const item = await readItem(loop, answer.orderId);
    return conclude({ sightings, item, json, verbose, isFailure: outage !== undefined, paint, out });
  } finally {
    await loop.stop();
    await outage?.stop();
  }
}

/** What somebody would type in another terminal. */
async function redrive(loop: Loop, say: (text: string) => void, paint: Paint): Promise<void> {
  const command = ['--queue', 'processor', '--yes'];
  say(paint('bold', `$ npm run redrive -- ${command.join(' ')}`));
  const { status, shown } = await typed('redrive', [...command, '--endpoint', loop.endpoint]);
  say(printable(shown.trim().split('\n').at(-1) ?? ''));
  if (status !== 0) throw new DemoError(`npm run redrive ended with status ${status}`);
}

function conclude(end: {
  sightings: OrderSighting[];
  item: Record<string, unknown>;
  json: boolean;
  verbose: boolean;
  /** Its steps are story enough for a screen. */
  isFailure: boolean;
  paint: Paint;
  out: Output;
}): number {
  const { sightings, item, json, verbose, isFailure, paint, out } = end;
  const statuses = sightings.map(({ status }) => status);
  const good = statuses.join() === 'NEW,PROCESSED';
  if (json) {
    out.json({ kind: 'demo.ended', good, statuses, item });
  } else {
    const [created, processed] = sightings;
    const took = created && processed ? ` in ${(processed.atMs - created.atMs).toFixed(1)} ms` : '';
    if (verbose) show(out, `\n${oneLineEach(item)}`);
    else if (!isFailure) show(out, `\n${historyOf(item)}`);
    show(out, '');
    show(
      out,
      good
        ? `${paint('green', 'NEW, then PROCESSED')}${took}, each from a write to the orders table.`
        : `${paint('red', 'Not as it should be')}: expected NEW, then PROCESSED; seen ${printable(statuses.join(', ')) || 'nothing'}.`,
    );
  }
  return good ? EXIT.ok : EXIT.failed;
}

/** What tells the story: not how functions are built, nor what they log, but an error that the demo didn't arrange. */
function isStep(fact: Fact, isFailureArranged: boolean): boolean {
  if (fact.kind === 'log') return !isFailureArranged && /"level":"(?:ERROR|FATAL|CRITICAL)"/i.test(fact.line);
  // One that fails is about its attempts.
  if (isFailureArranged && fact.kind === 'delivery.succeeded') return false;
  return !/^(?:build\.(?!failed)|table\.written|queue\.|invocation\.accepted|rule\.matched)/.test(fact.kind);
}

/** Rows as wide as the terminal. */
function show(out: Output, text: string): void {
  const columns = columnsOf(out, process.env);
  out.write(`${columns === undefined ? text : wrap(text, columns, columns < NARROW ? 2 : STAMP_WIDTH)}\n`);
}

/** Each status that the item has had, and when. */
function historyOf({ orderId, history }: Record<string, unknown>): string {
  const entries: unknown[] = Array.isArray(history) ? history : [];
  const rows = entries.map((entry) =>
    isObject(entry)
      ? `  ${printable(String(entry.status)).padEnd('PROCESSED'.length)}  ${printable(String(entry.at))}`
      : '',
  );
  return [`order ${printable(String(orderId))}`, ...rows].join('\n');
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
