import { describe, expect, test } from 'vitest';
import { anOrder } from './an-order.ts';
import { invokeWithText, output, placeOrder } from './system.ts';

describe('a refusal', () => {
  test('names every fault at once and repeats no value of the customer', async () => {
    const { answer, functionError } = await placeOrder({
      customer: { name: '', email: 'not-an-address', phone: '0151 secret', shoeSize: 43 },
      snacks: [{ sku: 'a b', quantity: 0 }],
      delivery: { method: 'DRONE' },
    });
    expect(functionError).toBeUndefined();
    expect(answer).toMatchObject({ accepted: false, error: 'InvalidOrder' });
    const issues: unknown = answer.issues;
    if (!Array.isArray(issues)) throw new Error('no issues');
    expect(issues.map(({ path }) => path).sort()).toEqual([
      'customer.email',
      'customer.name',
      'customer.phone',
      'customer.shoeSize',
      'delivery.method',
      'snacks[0].quantity',
      'snacks[0].sku',
    ]);
    for (const issue of issues) {
      expect(issue).toEqual({
        path: expect.any(String),
        expected: expect.any(String),
        found: expect.any(String),
      });
    }
    expect(JSON.stringify(answer)).not.toMatch(/not-an-address|secret|a b|DRONE/);
  });

  test.each([
    ['null', null],
    ['an array', [1, 2]],
    ['a string of JSON', JSON.stringify(anOrder())],
    ['a number', 7],
    ['an empty object', {}],
  ])('answers %s', async (_name, event) => {
    const { answer, functionError } = await placeOrder(event);
    expect(functionError).toBeUndefined();
    expect(answer).toMatchObject({ accepted: false, error: 'InvalidOrder', issues: expect.any(Array) });
  });

  test('answers an order nested very deeply', async () => {
    const depth = 5_000;
    const payload = `{"customer":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    const { answer } = await invokeWithText(output('OrderCreatorFunctionName'), payload);
    expect(answer).toMatchObject({ accepted: false, error: 'InvalidOrder' });
  });

  test('of Lambda itself meets an order of 7 MB', async () => {
    await expect(
      placeOrder(anOrder({ delivery: { method: 'PICKUP', notes: 'x'.repeat(7_000_000) } })),
    ).rejects.toMatchObject({ name: 'RequestTooLargeException' });
  });
});
