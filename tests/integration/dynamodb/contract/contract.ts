import { batchesContract } from './batches.ts';
import { conditionsContract } from './conditions.ts';
import { itemsContract } from './items.ts';
import { queriesContract } from './queries.ts';
import { scansContract } from './scans.ts';
import type { Subject } from './subject.ts';
import { tablesContract } from './tables.ts';
import { transactionsContract } from './transactions.ts';

/** What every DynamoDB does, AWS's own as well as DynamoDB Local and the embedded one. */
export function dynamoDbContract(subject: () => Subject): void {
  tablesContract(subject);
  itemsContract(subject);
  conditionsContract(subject);
  batchesContract(subject);
  queriesContract(subject);
  scansContract(subject);
  transactionsContract(subject);
}
