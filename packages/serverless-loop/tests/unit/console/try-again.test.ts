import { expect, test } from 'vitest';
import { tryAgain } from '../../../src/console/try-again.ts';
import type { SeenMessage } from '../../../src/services/sqs/seen-message.ts';

const ARN = 'arn:aws:lambda:eu-west-1:000000000000:function:sell:live';
const RULE = 'arn:aws:events:eu-west-1:000000000000:rule/shop/paid';

function message(messageId: string, given: Partial<SeenMessage> = {}): SeenMessage {
  return {
    messageId,
    body: '{}',
    attributes: {},
    systemAttributes: {},
    senderId: 'AIDA',
    sentAt: '2026-11-28T12:00:00.000Z',
    receiveCount: 0,
    state: 'visible',
    ...given,
  };
}

const invocation = (messageId: string, event: unknown) =>
  message(messageId, {
    body: JSON.stringify({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3, functionArn: ARN },
      requestPayload: event,
    }),
  });

/** A queue of these messages, with what was called and what is left of it. */
function queueOf(messages: SeenMessage[], answer: (operation: string) => object = () => ({})) {
  const calls: unknown[] = [];
  const left = new Map(messages.map((each) => [each.messageId, each]));
  return {
    calls,
    left,
    parts: {
      messagesOf: (name: string) => (name === 'dead' ? [...left.values()] : undefined),
      redrive(_name: string, { messageIds = [] }: { messageIds?: readonly string[] }) {
        for (const id of messageIds) left.delete(id);
        return messageIds.length;
      },
      withdraw: (_name: string, id: string) => left.delete(id),
      async call(service: string, operation: string, input: object) {
        calls.push([service, operation, input]);
        return { ...answer(operation) };
      },
    },
  };
}
const { signal } = new AbortController();

test('each is tried where it came from, and leaves the queue; one that says nothing of that stays', async () => {
  const event = { source: 'com.shop', 'detail-type': 'Paid', detail: { n: 1 }, resources: ['box'] };
  const { calls, left, parts } = queueOf(
    [
      invocation('invoked', { box: 1 }),
      message('put', {
        body: JSON.stringify(event),
        attributes: { RULE_ARN: { dataType: 'String', stringValue: RULE } },
      }),
      message('moved', { deadLetterSourceArn: 'arn:aws:sqs:eu-west-1:000000000000:work' }),
      message('unknown'),
      invocation('in flight', {}),
    ].map((each) => (each.messageId === 'in flight' ? { ...each, state: 'inFlight' } : each)),
  );
  expect(await tryAgain('dead', {}, parts, signal)).toEqual({ moved: 3, left: 1 });
  expect([...left.keys()]).toEqual(['unknown', 'in flight']);
  expect(calls).toEqual([
    ['lambda', 'Invoke', { FunctionName: ARN, InvocationType: 'Event', Payload: '{"box":1}' }],
    [
      'events',
      'PutEvents',
      {
        Entries: [
          {
            Source: 'com.shop',
            DetailType: 'Paid',
            Detail: '{"n":1}',
            EventBusName: 'shop',
            Resources: ['box'],
          },
        ],
      },
    ],
  ]);
});

test('of several only those that are told are tried', async () => {
  const { left, parts } = queueOf([invocation('one', {}), invocation('other', {})]);
  expect(await tryAgain('dead', { messageIds: ['other'] }, parts, signal)).toEqual({ moved: 1, left: 0 });
  expect([...left.keys()]).toEqual(['one']);
});

test('one that is refused stays in the queue, and its refusal is told', async () => {
  const refused = { Entries: [{ ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'no' }] };
  const { left, parts } = queueOf(
    [
      message('put', {
        body: '{"source":"aws.x","detail-type":"d","detail":{}}',
        attributes: { RULE_ARN: { dataType: 'String', stringValue: RULE } },
      }),
    ],
    () => refused,
  );
  await expect(tryAgain('dead', {}, parts, signal)).rejects.toThrow('no');
  expect([...left.keys()]).toEqual(['put']);
});

test('where none says where it came from, that is refused', async () => {
  const { parts } = queueOf([message('unknown')]);
  await expect(tryAgain('dead', {}, parts, signal)).rejects.toThrow(
    'None of the messages says where it came from',
  );
});
