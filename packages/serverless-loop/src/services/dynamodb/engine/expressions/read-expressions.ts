import type { Condition, KeyCondition, Projection, Update } from './syntax.ts';

/** The members of a request that hold expressions or their older forms; shapes have been checked, values not. */
export interface ExpressionMembers {
  readonly ConditionExpression?: string | undefined;
  readonly FilterExpression?: string | undefined;
  readonly KeyConditionExpression?: string | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly ProjectionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined;
}

/** The expressions of a request, whichever form they came in. */
export interface Expressions {
  readonly condition?: Condition;
  readonly filter?: Condition;
  readonly keyCondition?: KeyCondition;
  readonly update?: Update;
  readonly projection?: Projection;
}
