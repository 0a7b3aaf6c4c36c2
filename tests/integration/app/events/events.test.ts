import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runLoop } from '../../../loop.ts';
import { fullOrder } from '../../../unit/app/valid-order.ts';
import { creatorsFailure, processorsFailure, undeliveredEvent } from './dead-letters.ts';
import { EVENT_FILES, textOf } from './event-files.ts';
import { failsWith, orderOfTheEvent, processedOnce } from './order-created.ts';
import {
  acceptedWithKey,
  acceptedWithoutKey,
  type Check,
  conflictsWith,
  refused,
  sameOrderAgain,
} from './orders.ts';
import { REFUSALS } from './refusals.ts';
import { AS_IN_THE_FILES, type System, systemOf, TEMPLATE } from './system.ts';

const CHECKS: Record<string, Check> = {
  'order.json': acceptedWithoutKey('STANDARD'),
  'order-with-key.json': acceptedWithKey('STANDARD'),
  'order-express.json': acceptedWithoutKey('EXPRESS'),
  'order-express-with-key.json': acceptedWithKey('EXPRESS'),
  'order-pickup.json': acceptedWithoutKey('PICKUP'),
  'order-pickup-with-key.json': acceptedWithKey('PICKUP'),
  'order-repeat.json': sameOrderAgain('order-with-key.json'),
  'order-repeat-changed.json': conflictsWith('order-with-key.json'),
  ...Object.fromEntries(Object.keys(REFUSALS).map((file) => [file, refused])),
  'order-created.json': processedOnce,
  'order-created.item.json': orderOfTheEvent,
  'order-created-unknown-order.json': failsWith('OrderNotFound', '00000000-0000-5000-8000-000000000000'),
  'order-created-version-2.json': failsWith('UnknownSchemaVersion', 'schema version 2'),
  'order-created-incomplete.json': failsWith(
    'ForeignEvent',
    'detail.orderId: expected a UUID, found nothing',
  ),
  'dead-letter-rule.json': undeliveredEvent,
  'dead-letter-processor.json': processorsFailure,
  'dead-letter-creator.json': creatorsFailure,
};

test('every file of events/ is tried here, and no other', () => {
  expect(Object.keys(CHECKS).toSorted()).toEqual(EVENT_FILES.toSorted());
});

describe('does as its name says', () => {
  let loop: Awaited<ReturnType<typeof runLoop>>;
  let system: System;
  beforeAll(async () => {
    loop = await runLoop(TEMPLATE, AS_IN_THE_FILES);
    system = systemOf(loop);
  });
  afterEach(() => system.settled());
  afterAll(() => loop.stop());

  test.each(Object.entries(CHECKS))('%s', (file, check) => check(file, system));
});

test('every field of an order is refused in some file', () => {
  const refusedFields = Object.values(REFUSALS).flatMap((issues) =>
    issues.map(([field]) => field.replaceAll(/\[\d+\]/g, '')),
  );
  expect(fieldsOf(fullOrder()).filter((field) => !refusedFields.includes(field))).toEqual([]);
});

test('everybody in the files is fictional: their addresses are of reserved domains', () => {
  const text = EVENT_FILES.map(textOf).join('\n');
  const domains = [...text.matchAll(/@([\w.-]+\w)/g)].map(([, domain]) => domain);
  expect(domains.length).toBeGreaterThan(3);
  expect(domains.filter((domain) => !/^example(\.(com|net|org))?$/.test(domain ?? ''))).toEqual([]);
});

/** `customer.email`, `snacks.sku`; those that hold others too. */
function fieldsOf(value: unknown, parent = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => fieldsOf(item, parent));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) => {
    const here = parent === '' ? name : `${parent}.${name}`;
    return [here, ...fieldsOf(field, here)];
  });
}
