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
export function dynamoDbContract(subject: () => Subject): void {
  tablesContract(subject);
  itemsContract(subject);
  conditionsContract(subject);
  batchesContract(subject);
  queriesContract(subject);
  scansContract(subject);
  transactionsContract(subject);
  limitsContract(subject);
  differencesContract(subject);
}
