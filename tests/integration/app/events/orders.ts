import { expect } from 'vitest';
import { orderIdFor } from '../../../../src/orders/order-id.ts';
import { objectIn, textOf } from './event-files.ts';
import { REFUSALS } from './refusals.ts';
import type { System } from './system.ts';

/** Tries one file on the running system. */
export type Check = (file: string, system: System) => Promise<void>;

const ANSWER = {
  accepted: true,
  orderId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  status: 'NEW',
  createdAt: expect.any(String),
};

/** A new order each time it is sent. */
export function acceptedWithoutKey(method: string): Check {
  return async (file, system) => {
    const [first, second] = [await placedNew(file, method, system), await placedNew(file, method, system)];
    expect(first).not.toBe(second);
  };
}

/** The order of its key, whenever it is sent. */
export function acceptedWithKey(method: string): Check {
  return async (file, system) => {
    await system.forgetOrder(orderIdOf(file));
    expect(await placedNew(file, method, system)).toBe(orderIdOf(file));
    expect((await system.createOrder(textOf(file))).answer).toMatchObject({ duplicate: true });
  };
}

/** The very order of `original`, as a caller sends it who has heard no answer. */
export function sameOrderAgain(original: string): Check {
  return async (file, system) => {
    expect(objectIn(file)).toEqual(objectIn(original));
    await secondAnswered(original, file, system, (answer) => ({
      ...answer,
      status: 'PROCESSED',
      duplicate: true,
    }));
  };
}

/** Another order under the key of `original`. */
export function conflictsWith(original: string): Check {
  return async (file, system) => {
    expect(objectIn(file)).not.toEqual(objectIn(original));
    const orderId = orderIdOf(original);
    await secondAnswered(original, file, system, () => ({
      accepted: false,
      error: 'IdempotencyConflict',
      orderId,
    }));
  };
}

/** Answered with every fault in it, and not stored. */
export const refused: Check = async (file, system) => {
  const writesBefore = system.writeCount();
  const issues = REFUSALS[file]?.map(([path, expected, found]) => ({ path, expected, found }));
  expect(await system.createOrder(textOf(file))).toEqual({
    answer: { accepted: false, error: 'InvalidOrder', issues },
    functionError: undefined,
  });
  expect(system.writeCount()).toBe(writesBefore);
};

/** The id of the order in a file that has a key. */
export function orderIdOf(file: string): string {
  const { idempotencyKey } = objectIn(file);
  if (typeof idempotencyKey !== 'string') throw new Error(`${file} has no key`);
  return orderIdFor({ idempotencyKey }, '');
}

/** Places the order, sees it stored whole and PROCESSED, and gives its id. */
async function placedNew(file: string, method: string, system: System): Promise<unknown> {
  const order = objectIn(file);
  expect(order).toMatchObject({ delivery: { method } });
  const { answer, functionError } = await system.createOrder(textOf(file));
  expect({ answer, functionError }).toEqual({
    answer: { ...ANSWER, duplicate: false },
    functionError: undefined,
  });
  await system.settled();
  const stored = await system.storedOrder(answer.orderId);
  const hash = { requestHash: expect.stringMatching(/^[0-9a-f]{64}$/) };
  expect(stored).toEqual({
    ...order,
    ...('idempotencyKey' in order && hash),
    orderId: answer.orderId,
    createdAt: answer.createdAt,
    status: 'PROCESSED',
    processedAt: expect.any(String),
    history: [
      { status: 'NEW', at: answer.createdAt },
      { status: 'PROCESSED', at: stored?.processedAt },
    ],
  });
  return answer.orderId;
}

/** The second meets the order that the first made, is answered so, and changes nothing of it. */
async function secondAnswered(
  original: string,
  file: string,
  system: System,
  answerAfter: (first: object) => object,
): Promise<void> {
  const orderId = orderIdOf(original);
  await system.forgetOrder(orderId);
  const { answer } = await system.createOrder(textOf(original));
  await system.settled();
  const stored = await system.storedOrder(orderId);
  const repeat = await system.createOrder(textOf(file));
  expect(repeat).toEqual({
    answer: answerAfter(answer),
    functionError: undefined,
  });
  await system.settled();
  expect(await system.storedOrder(orderId)).toEqual(stored);
}
