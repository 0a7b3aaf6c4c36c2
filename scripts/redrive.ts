import process from 'node:process';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import {
  EXIT,
  type Output,
  openCommand,
  printable,
  runCommand,
  type Terminal,
} from 'serverless-loop/commands';
import { type Collection, collect } from './redrive/collection.ts';
import type { Missed } from './redrive/envelope.ts';
import { type LetterQueue, letterQueue } from './redrive/letter-queue.ts';
import { outputsOf, parseQueueName, type QueueName } from './redrive/queues.ts';
import { outcomeText, surveyText } from './redrive/report.ts';
import { resend } from './redrive/resend.ts';
import { sameOrder } from './redrive/same-order.ts';
import { findStack, STACK_OPTIONS, STACK_OPTIONS_HELP, type Stack } from './stack/find-stack.ts';
import { interruption } from './terminal/interruption.ts';
import { parseLimit } from './terminal/limit.ts';
import { progress } from './terminal/progress.ts';
import { isAnsweredYes, refuseUnasked } from './terminal/question.ts';

const HELP = `Sends again what a queue of failures holds, to the target that missed it.

usage: npm run redrive -- --queue QUEUE [options]

      --queue QUEUE       rule: events that the rule could not deliver; processor or creator: what that function failed at
      --limit N           how many to send at most (default: 1000)
      --dry-run           show what there is, and change nothing
  -y, --yes               don't ask
${STACK_OPTIONS_HELP}
  -h, --help              this text
  -v, --version           the version

First it takes the messages, for which they are hidden from others for up to 15 minutes, and shows what failed and why.
Each is sent as an asynchronous invocation, so that the usual retries and queues apply, and deleted when Lambda has
accepted it. What is not sent is given back at once. Ctrl-C ends it after the message in hand. Ended by force between
sending and deleting, it leaves a message that the next run sends again: the functions take that for a repeat.

exit status: 0 all were sent, or there were none, 1 some were not sent or not deleted, 2 the command line is wrong, 3 no loop answers
`;

await runCommand(main);

async function main(args: string[], terminal: Terminal): Promise<number> {
  const line = openCommand(
    args,
    {
      ...STACK_OPTIONS,
      queue: { type: 'string' },
      limit: { type: 'string' },
      'dry-run': { type: 'boolean' },
      yes: { type: 'boolean', short: 'y' },
    },
    { help: HELP },
    terminal,
  );
  if (!line) return EXIT.ok;
  const { values } = line;
  const name = parseQueueName(values.queue);
  const limit = parseLimit(values.limit ?? '1000');
  const { 'dry-run': dryRun = false, yes = false } = values;
  if (!dryRun) refuseUnasked({ yes, isTerminal: process.stdin.isTTY === true });
  return redrive(await findStack(values), { name, limit, dryRun, isAsked: !yes, terminal });
}

interface RedriveOptions {
  name: QueueName;
  limit: number;
  dryRun: boolean;
  isAsked: boolean;
  terminal: Terminal;
}

async function redrive(
  stack: Stack,
  { name, limit, dryRun, isAsked, terminal }: RedriveOptions,
): Promise<number> {
  const { out, err } = terminal;
  const { urlOutput, functionOutput } = outputsOf(name);
  const queueUrl = stack.output(urlOutput);
  const functionArn = stack.output(functionOutput);
  const queue = letterQueue(new SQSClient(stack.client), queueUrl);
  const lambda = new LambdaClient(stack.client);
  const line = progress(err);
  const elapsedMs = () => performance.now();
  const { signal, stop } = interruption(err);
  try {
    out.write(`${name} queue ${printable(queueUrl)}\n`);
    const onTaken = (taken: number) => line.show(`${taken} taken`);
    const collection = await collect({ queue, functionArn, limit, signal, elapsedMs, onTaken });
    line.end();
    out.write(surveyText(collection));

    const { missed } = collection;
    if (dryRun || missed.length === 0) return await leave(queue, collection, EXIT.ok, out);
    if (signal.aborted || (isAsked && !(await mayGoOn(missed.length, signal))))
      return await leave(queue, collection, EXIT.failed, out);

    const resent = await resend({
      missed,
      queue,
      send: (each) => invoke(lambda, each, name === 'creator' ? sameOrder(each) : each.payload),
      signal,
      elapsedMs,
      onDone: (done) => line.show(`${done} of ${missed.length}`),
    });
    line.end();
    out.write(outcomeText(resent, signal.aborted));
    await giveBack(queue, { ...collection, missed: resent.toRelease }, out);
    return resent.sent === missed.length ? EXIT.ok : EXIT.failed;
  } finally {
    stop();
  }
}

function mayGoOn(count: number, signal: AbortSignal): Promise<boolean> {
  return isAnsweredYes(`Send ${count} again?`, { input: process.stdin, output: process.stderr, signal });
}

async function leave(
  queue: LetterQueue,
  collection: Collection,
  status: number,
  out: Output,
): Promise<number> {
  await giveBack(queue, collection, out);
  out.write('Nothing was sent, nothing deleted.\n');
  return status;
}

async function giveBack(
  queue: LetterQueue,
  { missed, foreign }: Pick<Collection, 'missed' | 'foreign'>,
  out: Output,
) {
  const held = await queue.release([...missed, ...foreign].map(({ letter }) => letter));
  if (held > 0) out.write(`${held} could not be given back: they show again within 15 minutes\n`);
}

/** Resolves when Lambda has accepted the event for the very version or alias that missed it. */
async function invoke(lambda: LambdaClient, { targetArn }: Missed, payload: unknown): Promise<void> {
  await lambda.send(
    new InvokeCommand({
      FunctionName: targetArn,
      InvocationType: 'Event',
      Payload: JSON.stringify(payload),
    }),
  );
}
