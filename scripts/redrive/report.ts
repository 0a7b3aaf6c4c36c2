import { printable } from 'serverless-loop/commands';
import type { Collection } from './collection.ts';
import { HOLD_MS } from './letter-queue.ts';
import type { Resent } from './resend.ts';

/** Tells what failed and why, by error and target, the most frequent first. Nothing of an event itself is shown. */
export function surveyText({ missed, foreign, isFull }: Collection): string {
  const more = isFull ? ', and there may be more' : '';
  const failures = grouped(missed, ({ content }) =>
    [content.error.name, content.targetArn].map((text) => printable(text)).join(' at '),
  );
  const strangers = grouped(foreign, ({ content }) => printable(content.reason));
  return [
    `${count(missed.length, 'message')} to send again${more}`,
    ...failures.flatMap(([title, [first, ...others]]) => [
      `  ${1 + others.length} x ${title}`,
      ...(first.content.error.message ? [`      such as: ${printable(first.content.error.message)}`] : []),
      `      ${timesOf([first, ...others].map(({ letter }) => letter.sentAtMs))}`,
    ]),
    ...(foreign.length === 0 ? [] : [`${count(foreign.length, 'message')} left alone`]),
    ...strangers.map(([reason, members]) => `  ${members.length} x ${reason}`),
    '',
  ].join('\n');
}

/** Tells the end of a run. */
export function outcomeText(resent: Resent, isInterrupted: boolean): string {
  const { sent, failed, notDeleted, notTried } = resent;
  const why = isInterrupted ? 'interrupted' : `held for longer than ${HOLD_MS / 60_000} minutes`;
  const rare = [
    ...(notDeleted.length === 0 ? [] : [`${notDeleted.length} sent but not deleted`]),
    ...(notTried === 0 ? [] : [`${notTried} not tried`]),
  ];
  return [
    [`${sent} sent again and deleted`, `${failed.length} failed`, ...rare].join(', '),
    ...failed.map(({ messageId, error }) => `  failed: message ${printable(messageId)}: ${reasonOf(error)}`),
    ...notDeleted.map(
      ({ messageId, error }) =>
        `  sent but not deleted, the next run sends it again: message ${printable(messageId)}: ${reasonOf(error)}`,
    ),
    ...(notTried === 0 ? [] : [`  not tried: ${why}; run this again`]),
    '',
  ].join('\n');
}

function reasonOf(error: unknown): string {
  return printable(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}

/** Members by title, the largest group first. */
function grouped<Item>(items: Item[], titleOf: (item: Item) => string): [string, [Item, ...Item[]]][] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(titleOf(item));
    if (group) group.push(item);
    else groups.set(titleOf(item), [item]);
  }
  return [...groups].sort(([, one], [, other]) => other.length - one.length);
}

function timesOf(epochMs: number[]): string {
  const times = epochMs.toSorted((one, other) => one - other).map((time) => new Date(time).toISOString());
  const [first, last] = [times.at(0), times.at(-1)];
  return first === last ? `at ${first}` : `from ${first} to ${last}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
