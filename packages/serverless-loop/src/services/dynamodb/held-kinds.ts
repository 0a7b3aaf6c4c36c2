import { type HeldKind, heldKind, named } from '../../template/held-kind.ts';
import type { DynamoDb } from './dynamodb.ts';

/** Tables of stacks. */
export function dynamoDbHeldKinds({ tables }: Pick<DynamoDb, 'tables'>): HeldKind[] {
  return [
    heldKind({
      partsOf: (stack) => named(stack.tables),
      has: ({ name }) => tables.has(name),
      add: tables.add,
      change: tables.change,
      remove: tables.remove,
      holdsData: ({ name }) => tables.holdsItems(name),
    }),
  ];
}
