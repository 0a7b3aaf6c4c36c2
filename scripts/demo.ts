import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  decodeText,
  EXIT,
  type Fact,
  LOOP_OPTIONS,
  LOOP_OPTIONS_HELP,
  type Loop,
  loopOptions,
  openCommand,
  printable,
  retrySpeedOf,
  runCommand,
  startLoop,
  type Terminal,
  UsageError,
  withOptionalValue,
} from 'serverless-loop/commands';
import { historyOf, isGood, oneLineEach, statusesOf, verdict } from './demo/ending.ts';
import { type Narrator, narrator } from './demo/narrator.ts';
import { type Outage, startOutage } from './demo/outage.ts';
import { DemoError, place, readItem } from './demo/system.ts';
import { typed } from './demo/typed.ts';
import { orderWatch } from './order-watch.ts';

const HELP = `Takes one order from a JSON file to PROCESSED, through the real functions, and shows each step.

What the functions log, and the whole item, are shown with --verbose; every other step always is.

usage: npm run demo -- [options]

  -e, --event FILE               the order (default: events/order.json)
      --failure                  DynamoDB fails when the order is to be PROCESSED: the event is tried again, at 60 times
                                 AWS's speed, left in the queue of failures, and sent again when DynamoDB is back
${LOOP_OPTIONS_HELP.replace('(default: 4580; 0: any free one)', '(default: any free one)')}

exit status: 0 the order was seen NEW and then PROCESSED, 1 it was not, 2 the command line is wrong
`;

/** Lambda tries again after one minute and after two. */
const FAILURE_SPEED = 60;

/** The order may take so long, with a FULFILMENT_MS of some seconds in mind. */
const PATIENCE_MS = 60_000;

await runCommand(main);

async function main(args: string[], { out, err }: Terminal): Promise<number> {
  const line = openCommand(
    withOptionalValue(args, '--inspect', '--inspect-wait'),
    {
      ...LOOP_OPTIONS,
      event: { type: 'string', short: 'e' },
      failure: { type: 'boolean' },
    },
    { help: HELP },
    { out },
  );
  if (!line) return EXIT.ok;
  const { values } = line;
  const file = values.event ?? path.join('events', 'order.json');
  const order = readOrder(file);

  const { json = false, verbose = false, failure: isFailure = false } = values;
  const retrySpeed = isFailure && values['retry-speed'] === undefined ? FAILURE_SPEED : retrySpeedOf(values);
  const platformLogs = values['platform-logs'] ?? false;
  const story = narrator({ json, verbose, platformLogs, retrySpeed, isFailure, out });
  const { paint } = story;
  const watch = orderWatch((orderId, status) =>
    story.say(`order ${paint('bold', printable(orderId))} is ${paint('green', printable(status))}`),
  );
  const stopWaiting = AbortSignal.timeout(PATIENCE_MS);
  const givenUp = Promise.withResolvers<void>();
  const report = (fact: Fact) => {
    story.report(fact);
    if (fact.kind === 'destination.sent') givenUp.resolve();
  };

  story.say(`starting the loop from ${path.basename(values.template ?? 'template.yaml')}`);
  const outage = isFailure ? await startOutage() : undefined;
  const loop = await startLoop({
    ...loopOptions(values, report, 0),
    retrySpeed,
    watch: false,
    ...(outage && { functionEndpoint: outage.endpoint }),
    onStack: story.knows,
    onWrite: watch.onWrite,
  });
  outage?.forwardTo(loop.endpoint);
  try {
    await loop.ready();
    story.say(
      `${paint('green', 'ready')}: placing ${paint('bold', printable(file))} with OrderCreatorFunction`,
    );
    if (outage) breakDown(outage, story);
    const answer = await place(loop, order);
    if (answer.accepted !== true || typeof answer.orderId !== 'string') {
      out.json(answer, 2);
      err.write(`The order in ${printable(file)} was not accepted.\n`);
      return EXIT.failed;
    }
    if (outage) {
      await Promise.race([givenUp.promise, once(stopWaiting, 'abort')]);
      await repair(outage, loop, story);
    }
    const sightings = await watch.seen(answer.orderId, 'PROCESSED', stopWaiting);
    await loop.idle();
    const item = await readItem(loop, answer.orderId);

    const good = isGood(sightings);
    if (json) out.json({ kind: 'demo.ended', good, statuses: statusesOf(sightings), item });
    else {
      // The steps of one that fails are story enough for a screen.
      if (verbose) story.show(`\n${oneLineEach(item)}`);
      else if (!isFailure) story.show(`\n${historyOf(item)}`);
      story.show(`\n${verdict(sightings, paint)}`);
    }
    return good ? EXIT.ok : EXIT.failed;
  } finally {
    await loop.stop();
    await outage?.stop();
  }
}

function breakDown(outage: Outage, { say, paint }: Narrator): void {
  outage.begin('UpdateItem');
  say(paint('yellow', 'DynamoDB has an outage: it fails at UpdateItem'));
}

/** DynamoDB works again, and somebody types in another terminal what sends the event once more. */
async function repair(outage: Outage, loop: Loop, { say, paint }: Narrator): Promise<void> {
  outage.end();
  say(paint('yellow', 'DynamoDB is back'));
  const command = ['--queue', 'processor', '--yes'];
  say(paint('bold', `$ npm run redrive -- ${command.join(' ')}`));
  const { status, shown } = await typed('redrive', [...command, '--endpoint', loop.endpoint]);
  say(printable(shown.trim().split('\n').at(-1) ?? ''));
  if (status !== 0) throw new DemoError(`npm run redrive ended with status ${status}`);
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
