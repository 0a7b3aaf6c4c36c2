import { expect, test } from 'vitest';
import { newRequestId } from '../../../src/services/dynamodb/api/request-ids.ts';

test('each request has an id of its own, of 52 digits and capital letters', () => {
  const ids = Array.from({ length: 1_000 }, newRequestId);
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[0-9A-V]{52}$/);
});
