import { describe, expect, test } from 'vitest';
import { INDEX_DIFFERENCES } from './differences-of-indexes.ts';
import { ITEM_DIFFERENCES } from './differences-of-items.ts';
import { TABLE_DIFFERENCES } from './differences-of-tables.ts';
import { TRANSACTION_DIFFERENCES } from './differences-of-transactions.ts';
import type { StoreName, Subject } from './subject.ts';

/** One thing that the stores do differently. */
export interface Difference {
  /** As docs/local-dynamodb.md has it. */
  fact: string;
  /** The behaviour of the store at hand; values that differ from run to run are left out. */
  observe(subject: Subject): Promise<unknown>;
  embedded: unknown;
  'DynamoDB Local': unknown;
  /** The differences between DynamoDB Local behind the loop and DynamoDB Local. */
  forwarded?: unknown;
}

export const DIFFERENCES: Difference[] = [
  ...TABLE_DIFFERENCES,
  ...ITEM_DIFFERENCES,
  ...INDEX_DIFFERENCES,
  ...TRANSACTION_DIFFERENCES,
];

/** Every known difference is there, on either side: a new release that mends one fails here. */
export function differencesContract(subject: () => Subject): void {
  describe('different is', () => {
    const byFact = DIFFERENCES.map((difference) => [difference.fact, difference] as const);
    test.each(byFact)('%s', async (_fact, difference) => {
      expect(await difference.observe(subject())).toEqual(expectedOf(difference, subject().store));
    });
  });
}

function expectedOf(difference: Difference, store: StoreName): unknown {
  if (store !== 'forwarded') return difference[store];
  return 'forwarded' in difference ? difference.forwarded : difference['DynamoDB Local'];
}
