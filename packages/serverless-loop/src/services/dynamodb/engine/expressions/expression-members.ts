import { validationError } from '../dynamodb-error.ts';

/** A condition of the older kind, in QueryFilter, ScanFilter or KeyConditions. Its values haven't been read yet. */
export interface ConditionMember {
  readonly ComparisonOperator?: string | null | undefined;
  readonly AttributeValueList?: readonly unknown[] | null | undefined;
}

export interface ExpectedMember extends ConditionMember {
  readonly Value?: unknown;
  readonly Exists?: boolean | null | undefined;
}

export interface AttributeUpdateMember {
  readonly Action?: string | null | undefined;
  readonly Value?: unknown;
}

type ByName<T> = Readonly<Record<string, T>> | null | undefined;

/** The members of a request that hold expressions or their older forms; shapes have been checked, values not. */
export interface ExpressionMembers {
  readonly ConditionExpression?: string | null | undefined;
  readonly FilterExpression?: string | null | undefined;
  readonly KeyConditionExpression?: string | null | undefined;
  readonly UpdateExpression?: string | null | undefined;
  readonly ProjectionExpression?: string | null | undefined;
  readonly ExpressionAttributeNames?: ByName<string>;
  readonly ExpressionAttributeValues?: ByName<unknown>;
  readonly Expected?: ByName<ExpectedMember>;
  readonly ConditionalOperator?: string | null | undefined;
  readonly AttributeUpdates?: ByName<AttributeUpdateMember>;
  readonly QueryFilter?: ByName<ConditionMember>;
  readonly ScanFilter?: ByName<ConditionMember>;
  readonly KeyConditions?: ByName<ConditionMember>;
  readonly AttributesToGet?: readonly string[] | null | undefined;
}

/** An operation's expressions and the older members that can't stand beside them, as refusals list them. */
const MEMBERS = {
  GetItem: { expressions: ['ProjectionExpression'], older: ['AttributesToGet'] },
  PutItem: { expressions: ['ConditionExpression'], older: ['Expected', 'ConditionalOperator'] },
  DeleteItem: { expressions: ['ConditionExpression'], older: ['Expected', 'ConditionalOperator'] },
  ConditionCheck: { expressions: ['ConditionExpression'], older: [] },
  UpdateItem: {
    expressions: ['UpdateExpression', 'ConditionExpression'],
    older: ['AttributeUpdates', 'Expected', 'ConditionalOperator'],
  },
  Query: {
    expressions: ['ProjectionExpression', 'FilterExpression', 'KeyConditionExpression'],
    older: ['AttributesToGet', 'QueryFilter', 'ConditionalOperator', 'KeyConditions'],
  },
  Scan: {
    expressions: ['ProjectionExpression', 'FilterExpression'],
    older: ['AttributesToGet', 'ScanFilter', 'ConditionalOperator'],
  },
} as const;

/** Get of a transaction and one table of BatchGetItem read as GetItem; other parts of transactions by their names. */
export type ExpressionOperation = keyof typeof MEMBERS;

/**
 * Refuses expressions beside their older forms, and names or values without an expression; DynamoDB does so
 * before it looks at any value of the request.
 */
export function checkExpressionMembers(operation: ExpressionOperation, members: ExpressionMembers): void {
  const { expressions, older } = MEMBERS[operation];
  const used = expressions.filter((name) => members[name] != null);
  const beside = older.filter((name) => members[name] != null && !isAllowedBeside(name, members));
  if (used.length > 0 && beside.length > 0) {
    throw validationError(
      'Can not use both expression and non-expression parameters in the same request: ' +
        `Non-expression parameters: {${beside.join(', ')}} Expression parameters: {${used.join(', ')}}`,
    );
  }
  if (members.ExpressionAttributeNames != null && used.length === 0) {
    throw validationError('ExpressionAttributeNames can only be specified when using expressions');
  }
  if (members.ExpressionAttributeValues != null) checkValuesUsable(expressions, used);
}

/** KeyConditions may stand beside a filter or projection, as long as there is no KeyConditionExpression. */
const isAllowedBeside = (name: string, members: ExpressionMembers): boolean =>
  name === 'KeyConditions' && members.KeyConditionExpression == null;

function checkValuesUsable(expressions: readonly string[], used: readonly string[]): void {
  const withValues = expressions.filter((name) => name !== 'ProjectionExpression');
  if (withValues.some((name) => used.includes(name))) return;
  const absent =
    withValues.length > 0 ? `: ${withValues.join(' and ')} ${withValues.length > 1 ? 'are' : 'is'} null` : '';
  throw validationError(`ExpressionAttributeValues can only be specified when using expressions${absent}`);
}
