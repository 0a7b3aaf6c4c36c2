import { batchesContract } from './batches.ts';
import { conditionsContract } from './conditions.ts';
import { differencesContract } from './differences.ts';
import { itemsContract } from './items.ts';
import { limitsContract } from './limits.ts';
import { queriesContract } from './queries.ts';
import { scansContract } from './scans.ts';
import type { Subject } from './subject.ts';
import { tablesContract } from './tables.ts';
import { transactionsContract } from './transactions.ts';

/** The behaviour of every DynamoDB, AWS's own as well as DynamoDB Local and the embedded one, and where they differ. */
export const DYNAMODB_CONTRACTS: readonly ((subject: () => Subject) => void)[] = [
  itemsContract,
  tablesContract,
  conditionsContract,
  batchesContract,
  queriesContract,
  scansContract,
  limitsContract,
  differencesContract,
  transactionsContract,
];
