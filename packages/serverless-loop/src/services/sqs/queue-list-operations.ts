import { integer, list, text } from '../../aws/members.ts';
import { pageOf } from '../../aws/page.ts';
import type { QueueModel } from '../../template/model.ts';
import { operation, queueArn } from './context.ts';
import type { Queues } from './queues.ts';
import { QUEUE_URL } from './shapes.ts';
import { invalidValue } from './sqs-error.ts';

const MAX_PAGE_ITEMS = 1_000;

const PAGE_INPUT = {
  NextToken: text(),
  MaxResults: integer({ min: 1, max: MAX_PAGE_ITEMS, reason: 'Must be between 1 and 1000, if provided.' }),
} as const;

/** The queues of the account, and those whose dead letters a queue takes. */
export const QUEUE_LIST_OPERATIONS = {
  ListQueues: operation({
    input: { QueueNamePrefix: text(), ...PAGE_INPUT },
    output: { QueueUrls: list(text(), { name: 'QueueUrl', flat: true }), NextToken: text() },
    needs: () => ['*'],
    handle({ QueueNamePrefix = '', ...page }, { queues }) {
      const { urls, NextToken } = urlPage(queues, 'ListQueues', page, ({ name }) =>
        name.startsWith(QueueNamePrefix),
      );
      return { ...(urls.length > 0 && { QueueUrls: urls }), NextToken };
    },
  }),
  ListDeadLetterSourceQueues: operation({
    input: { QueueUrl: QUEUE_URL, ...PAGE_INPUT },
    // By this name in the API alone of all (SQS API reference, "ListDeadLetterSourceQueues").
    output: { queueUrls: list(text(), { name: 'QueueUrl', flat: true }), NextToken: text() },
    needs: queueArn,
    handle({ QueueUrl, ...page }, { queues }) {
      const { arn } = queues.ofUrl(QueueUrl).model;
      const { urls, NextToken } = urlPage(
        queues,
        `sources of ${arn}`,
        page,
        ({ redrive }) => redrive?.deadLetterArn === arn,
      );
      return { queueUrls: urls, NextToken };
    },
  }),
};

/** The URLs of a page of the queues that are wanted. */
function urlPage(
  queues: Queues,
  of: string,
  { NextToken: token, MaxResults }: { NextToken?: string; MaxResults?: number },
  isWanted: (queue: QueueModel) => boolean,
): { urls: string[]; NextToken?: string | undefined } {
  const wanted = queues
    .list()
    .map(({ model }) => model)
    .filter(isWanted);
  const { items, nextToken } = pageOf(wanted, {
    list: of,
    limit: MaxResults ?? MAX_PAGE_ITEMS,
    token,
    keyOf: ({ name }) => name,
    refusal: (given) => invalidValue(given, 'NextToken', 'It is no token of this list.'),
  });
  // Pages only for those who ask for them (SQS API reference, "ListQueues").
  return { urls: items.map(({ url }) => url), ...(MaxResults !== undefined && { NextToken: nextToken }) };
}
