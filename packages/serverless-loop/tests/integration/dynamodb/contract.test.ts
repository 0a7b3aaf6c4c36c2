import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { sampleOf } from '../../matrix.ts';
import { DYNAMODB_CONTRACTS } from './contract/contract.ts';
import { DIFFERENCES } from './contract/differences.ts';
import { onEveryStore } from './contract/stores.ts';
import type { Subject } from './contract/subject.ts';

const each = (contracts: typeof DYNAMODB_CONTRACTS) => (subject: () => Subject) => {
  for (const contract of contracts) contract(subject);
};

onEveryStore(each(DYNAMODB_CONTRACTS), each(sampleOf(DYNAMODB_CONTRACTS, 2)));

test('docs/local-dynamodb.md has every difference', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/local-dynamodb.md'), 'utf8');
  const rows = [...page.matchAll(/^\| ([^|]+) \|/gm)].map(([, first]) => first?.toLowerCase());
  expect(DIFFERENCES.map(({ fact }) => fact.toLowerCase()).filter((fact) => !rows.includes(fact))).toEqual(
    [],
  );
});
