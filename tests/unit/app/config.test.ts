import { describe, expect, test } from 'vitest';
import { BadVariable, creatorConfig, processorConfig } from '../../../src/platform/config.ts';

const creator = { STACK_NAME: 'dev', ORDERS_TABLE_NAME: 'orders', ORDER_BUS_NAME: 'bus' };
const processor = { STACK_NAME: 'dev', ORDERS_TABLE_NAME: 'orders', FULFILMENT_MS: '1500' };

test('the environment becomes typed values', () => {
  expect(creatorConfig(creator)).toEqual({
    stackName: 'dev',
    ordersTableName: 'orders',
    orderBusName: 'bus',
    retentionDays: 0,
  });
  expect(processorConfig(processor)).toEqual({
    stackName: 'dev',
    ordersTableName: 'orders',
    fulfilmentMs: 1500,
  });
});

test('fulfilment takes no time where its variable is absent or empty', () => {
  const { FULFILMENT_MS, ...rest } = processor;
  expect(processorConfig(rest).fulfilmentMs).toBe(0);
  expect(processorConfig({ ...rest, FULFILMENT_MS: '' }).fulfilmentMs).toBe(0);
});

test('orders are kept for ever where no days are given', () => {
  expect(creatorConfig({ ...creator, ORDER_RETENTION_DAYS: '' }).retentionDays).toBe(0);
  expect(creatorConfig({ ...creator, ORDER_RETENTION_DAYS: '365' }).retentionDays).toBe(365);
});

test.each(['-1', '0.5', 'for ever', '100000'])('ORDER_RETENTION_DAYS %j is an error', (value) => {
  expect(() => creatorConfig({ ...creator, ORDER_RETENTION_DAYS: value })).toThrow(
    `Environment variable ORDER_RETENTION_DAYS: expected days, a whole number from 0 to 99999, found ${JSON.stringify(value)}`,
  );
});

describe('a missing name is an error that says which', () => {
  test.each(Object.keys(creator))('%s', (key) => {
    for (const value of [undefined, '', ' ']) {
      expect(() => creatorConfig({ ...creator, [key]: value })).toThrow(
        new BadVariable(key, 'a name', value),
      );
    }
  });
});

test.each(['-1', '1.5', 'soon', '1000000', '1e3', ' 5', '5 '])('FULFILMENT_MS %j is an error', (value) => {
  expect(() => processorConfig({ ...processor, FULFILMENT_MS: value })).toThrow(
    `Environment variable FULFILMENT_MS: expected milliseconds, a whole number from 0 to 999999, found ${JSON.stringify(value)}`,
  );
});
