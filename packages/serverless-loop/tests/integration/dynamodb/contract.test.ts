import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { dynamoDbContract } from './contract/contract.ts';
import { DIFFERENCES } from './contract/differences.ts';
import { onEveryStore } from './contract/stores.ts';

onEveryStore(dynamoDbContract);

test('docs/local-dynamodb.md has every difference', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/local-dynamodb.md'), 'utf8');
  const rows = [...page.matchAll(/^\| ([^|]+) \|/gm)].map(([, first]) => first?.toLowerCase());
  expect(DIFFERENCES.map(({ fact }) => fact.toLowerCase()).filter((fact) => !rows.includes(fact))).toEqual(
    [],
  );
});
