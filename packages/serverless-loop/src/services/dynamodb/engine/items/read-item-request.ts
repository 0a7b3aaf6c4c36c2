import { validationError } from '../dynamodb-error.ts';
import { checkExpressionMembers } from '../expressions/expression-members.ts';
import { readExpressions } from '../expressions/read-expressions.ts';
import type { Condition, Update } from '../expressions/syntax.ts';
import type { Members } from '../requests/members.ts';
import { readExpressionMembers } from '../requests/read-expression-members.ts';
import { readTableName } from '../tables/table-name.ts';
import type { Item } from '../values/attribute-value.ts';
import { readItem } from '../values/read-value.ts';
import { sizeOf } from '../values/size.ts';

export type ItemRequestKind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';

/** A write of one item, or a check of one, as its own call or a part of a transaction; read, but of no table yet. */
export interface ItemRequest {
  readonly kind: ItemRequestKind;
  readonly tableName: string;
  /** The whole item of a put, else the key. */
  readonly item: Item;
  readonly condition: Condition | undefined;
  readonly update: Update | undefined;
  readonly returnsItemOnFailure: boolean;
  /** Of PartiQL's INSERT: a put of an item that must not be there. */
  readonly isInsert?: boolean;
}

/** DynamoDB guide, "Quotas": with the names of the attributes. */
export const MAX_ITEM_BYTES = 400 * 1024;

/**
 * Reads what all writes have. What it gives is called once the request's constraints are checked: only then the values
 * and expressions within are.
 */
export function readItemRequest(members: Members, kind: ItemRequestKind): () => ItemRequest {
  const itemMember = kind === 'Put' ? 'Item' : 'Key';
  const operation = kind === 'ConditionCheck' ? kind : (`${kind}Item` as const);
  const tableName = readTableName(members);
  members.require(itemMember);
  const onFailure = members.oneOf('ReturnValuesOnConditionCheckFailure', ['ALL_OLD', 'NONE'] as const);
  const expressionMembers = readExpressionMembers(members);
  return () => {
    checkExpressionMembers(operation, expressionMembers);
    const item = readItem(members.input[itemMember]);
    if (kind === 'Put') checkSize(item);
    const expressions = readExpressions(operation, expressionMembers);
    if (kind === 'ConditionCheck' && !expressions.condition) {
      throw validationError('The ConditionExpression parameter is required for ConditionCheck');
    }
    return {
      kind,
      tableName,
      item,
      condition: expressions.condition,
      update: expressions.update,
      returnsItemOnFailure: onFailure === 'ALL_OLD',
    };
  };
}

export function checkSize(item: Item): void {
  if (sizeOf(item) > MAX_ITEM_BYTES) throw validationError('Item size has exceeded the maximum allowed size');
}
