import { expect, test } from 'vitest';
import { dynamoDbService } from '../../../src/services/dynamodb/dynamodb.ts';

test('each request has an id of its own, in the form of the API reference', () => {
  const { newRequestId } = dynamoDbService({});
  const ids = Array.from({ length: 1_000 }, () => newRequestId?.());
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[0-9A-V]{52}$/);
});
