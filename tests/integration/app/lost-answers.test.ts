import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runLoop } from '../../loop.ts';
import { textOf } from './events/event-files.ts';
import { systemOf, TEMPLATE } from './events/system.ts';
import { losingProxy } from './losing-proxy.ts';

/** The system of the template, whose functions call the loop through a connection that can break. */
async function brittleSystem() {
  const { endpoint, forwardTo, stop: stopProxy, ...proxy } = await losingProxy();
  const running = await runLoop(TEMPLATE, { functionEndpoint: endpoint });
  forwardTo(running.loop.endpoint);
  const messagesOf = (orderId: unknown) =>
    running
      .factsOf('log')
      .filter(({ line }) => line.includes(`"orderId":"${orderId}"`))
      .map(({ line }): unknown => JSON.parse(line).message);
  async function stop() {
    await running.stop();
    await stopProxy();
  }
  return { system: systemOf(running), ...proxy, messagesOf, stop };
}

let brittle: Awaited<ReturnType<typeof brittleSystem>>;
beforeAll(async () => {
  brittle = await brittleSystem();
});
afterAll(() => brittle.stop());
beforeEach(() => {
  brittle.calls.length = 0;
});

test.each([['order.json'], ['order-with-key.json']])(
  'a first call whose order was stored and whose answer was lost is told of no duplicate: %s',
  async (file) => {
    const { system, calls, loseNext, messagesOf } = brittle;
    loseNext('PutItem');
    const first = await system.createOrder(textOf(file));
    expect(calls.slice(0, 2)).toEqual(['PutItem', 'PutItem']);
    expect(first.answer).toMatchObject({ accepted: true, status: 'NEW', duplicate: false });
    expect(messagesOf(first.answer.orderId)).toContain('order created');
    await system.settled();
    expect(await system.storedOrder(first.answer.orderId)).toMatchObject({
      status: 'PROCESSED',
      createdAt: first.answer.createdAt,
    });
    await system.forgetOrder(String(first.answer.orderId));
  },
);

test('a repeat whose answer was lost is a repeat still', async () => {
  const { system, calls, loseNext } = brittle;
  const { answer } = await system.createOrder(textOf('order-with-key.json'));
  await system.settled();
  calls.length = 0;
  loseNext('PutItem');
  const repeat = await system.createOrder(textOf('order-repeat.json'));
  expect(repeat.answer).toEqual({ ...answer, status: 'PROCESSED', duplicate: true });
  expect(calls).toEqual(['PutItem', 'PutItem']);
});

test('an order that is marked and whose answer was lost is processed, not processed already', async () => {
  const { system, calls, loseNext, messagesOf } = brittle;
  loseNext('UpdateItem');
  const { answer } = await system.createOrder(textOf('order.json'));
  await system.settled();
  expect(calls.filter((operation) => operation === 'UpdateItem')).toHaveLength(2);
  expect(messagesOf(answer.orderId)).toContain('order processed');
  expect(messagesOf(answer.orderId)).not.toContain('order already processed');
});
