import { onlyInMatrix } from 'serverless-loop/tests';
import { expect, test } from 'vitest';
import { requestHashOf } from '../../../src/adapters/request-hash.ts';
import { parseOrderRequest } from '../../../src/orders/order-request.ts';
import { objectIn, textOf } from '../app/events/event-files.ts';
import { orderIdOf } from '../app/events/orders.ts';
import { compilerErrorsOf, makeChanges, plainProject, queuesUsed, runningProject } from './projects.ts';
import { EXTENSIONS, runIn, wholeCopy } from './whole-copy.ts';

/** A copy of the project with the change of a part of docs/extend.md. */
function changedProject(heading: string): string {
  const folder = plainProject();
  makeChanges(folder, heading);
  return folder;
}

onlyInMatrix(() => {
  test.each(['A field of the order', 'A status of the order'])(
    'the code for it is what the compiler wants: %s',
    (heading) => {
      expect(compilerErrorsOf(changedProject(heading))).toBe('');
    },
  );
});

test('another field is stored, counts when a key is used again, and leaves today’s repeats what they are', async () => {
  const project = await runningProject(changedProject('A field of the order'));
  const order = objectIn('order-with-key.json');
  const gift = (giftMessage: string) =>
    JSON.stringify({ ...order, giftMessage, idempotencyKey: `${order.idempotencyKey}-gift` });
  const { answer } = await project.system.createOrder(gift('Enjoy'));
  expect(answer).toMatchObject({ accepted: true, duplicate: false });
  await project.system.settled();
  expect(await project.system.storedOrder(answer.orderId)).toMatchObject({
    status: 'PROCESSED',
    giftMessage: 'Enjoy',
  });
  expect((await project.system.createOrder(gift('Enjoy'))).answer).toMatchObject({ duplicate: true });
  expect((await project.system.createOrder(gift('Regards'))).answer).toEqual({
    accepted: false,
    error: 'IdempotencyConflict',
    orderId: answer.orderId,
  });

  // As the code of before stores it, which hashes three fields.
  const request = parseOrderRequest(order);
  if (!request.ok) throw new Error('no order');
  const now = await project.system.createOrder(textOf('order-with-key.json'));
  expect(now.answer.orderId).toBe(orderIdOf('order-with-key.json'));
  expect(await project.system.storedOrder(now.answer.orderId)).toMatchObject({
    requestHash: requestHashOf(request.value),
  });
});

onlyInMatrix(() => {
  test('an order with another status is answered by it, and its event changes nothing', async () => {
    const project = await runningProject(changedProject('A status of the order'));
    const item = JSON.parse(textOf('order-created.item.json'));
    await project.system.putItem({ ...item, status: { S: 'DELIVERED' } });
    const repeat = await project.system.createOrder(textOf('order-with-key.json'));
    expect(repeat.answer).toMatchObject({
      accepted: true,
      orderId: item.orderId.S,
      status: 'DELIVERED',
      duplicate: true,
    });
    const { answer } = await project.system.processOrder(textOf('order-created.json'));
    expect(answer).toEqual({ orderId: item.orderId.S, outcome: 'already processed' });
    expect(await project.system.storedOrder(item.orderId.S)).toMatchObject({ status: 'DELIVERED' });
    expect(queuesUsed(project)).toEqual([]);
  });
});

/**
 * Of what is quick and speaks of the template and the order. All of them, with all of the page and the rules of the house:
 * tests/tools/extended.test.ts.
 */
const QUICK = ['tests/unit/app', 'tests/unit/docs'];

onlyInMatrix(() => {
  test.each(Object.entries(EXTENSIONS))(
    'the project’s own tests stay green with what docs/extend.md says of: %s',
    { timeout: 600_000 },
    async (_heading, extend) => {
      const folder = wholeCopy();
      extend(folder);
      const said = await runIn(folder, [
        'npx',
        'vitest',
        'run',
        '--reporter=dot',
        '--project=unit',
        ...QUICK,
      ]);
      expect(said).toMatch(/Tests .*\d passed/);
      expect(said).not.toMatch(/\d failed/);
    },
  );
});
