import { AwsError } from '../../aws/errors.ts';
import { parseObject } from '../../aws/json-limits.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { parsePolicyDocument } from '../../aws/policy-parsing.ts';
import type { Statement } from '../../aws/statement.ts';

/** A bus's resource policy: its statements as they are shown, and as they are judged. */
export interface BusPolicy {
  readonly shown: readonly JsonObject[];
  readonly statements: Statement[];
}

/** "The permission policy on the event bus cannot exceed 10 KB in size" (EventBridge API reference, "PutPermission"). */
const MAX_BYTES = 10_240;

/** Throws AwsError for statements that are none, or too many. */
export function busPolicy(shown: readonly JsonObject[]): BusPolicy {
  const text = policyText(shown);
  const statements = parsePolicyDocument(text);
  if (!statements) throw new AwsError('ValidationException', 'Parameter Policy is not valid.');
  if (Buffer.byteLength(text) > MAX_BYTES)
    throw new AwsError('PolicyLengthExceededException', 'The event bus policy is longer than 10 KB.');
  return { shown, statements };
}

/** The policy as JSON. */
export function policyText(shown: readonly JsonObject[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: shown });
}

/** The statements of a policy's text. Throws AwsError for a text that is none. */
export function statementsIn(policy: string): JsonObject[] {
  const document = parseObject(policy);
  const { Statement: statement } = document ?? {};
  const listed = Array.isArray(statement) ? statement : [statement];
  if (!document || !listed.every(isObject))
    throw new AwsError('ValidationException', 'Parameter Policy is not valid.');
  return listed;
}

export interface Permission {
  statementId: string;
  action: string;
  /** An account's number, or `*`. */
  principal: string;
  condition?: JsonObject;
}

/** The statement that grants a permission, as AWS shows it (LocalStack's record, test_events.snapshot.json, test_put_permission). */
export function grantingStatement(
  { statementId, action, principal, condition }: Permission,
  busArn: string,
): JsonObject {
  const partition = busArn.split(':')[1];
  return {
    Sid: statementId,
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { AWS: `arn:${partition}:iam::${principal}:root` },
    Action: action,
    Resource: busArn,
    ...(condition && {
      Condition: { [String(condition.Type)]: { [String(condition.Key)]: condition.Value } },
    }),
  };
}

/** The statements with this one in the place of the one of its id, or as their last. */
export function withStatement(shown: readonly JsonObject[], statement: JsonObject): JsonObject[] {
  const isNew = shown.every(({ Sid }) => Sid !== statement.Sid);
  if (isNew) return [...shown, statement];
  return shown.map((each) => (each.Sid === statement.Sid ? statement : each));
}
