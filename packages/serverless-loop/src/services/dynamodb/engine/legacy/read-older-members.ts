import { validationError } from '../dynamodb-error.ts';
import type { ExpressionMembers, ExpressionOperation } from '../expressions/expression-members.ts';
import type { Condition, Expressions, Projection } from '../expressions/syntax.ts';
import { checkAttributeName } from '../values/attribute-name.ts';
import { conditionOf, invalidParameter, readComparisons } from './comparison.ts';
import { readAttributeUpdates } from './read-attribute-updates.ts';
import { readExpected } from './read-expected.ts';
import { readKeyConditions } from './read-key-conditions.ts';

/**
 * Reads the members that expressions replaced, which say the same things and are evaluated alike.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html
 * @throws {DynamoDbError} ValidationException in DynamoDB's words.
 */
export function readOlderMembers(operation: ExpressionOperation, members: ExpressionMembers): Expressions {
  switch (operation) {
    case 'GetItem':
      return readAttributesToGet(members);
    case 'PutItem':
    case 'DeleteItem':
      return readCondition(members);
    case 'UpdateItem': {
      const { AttributeUpdates: updates } = members;
      const update = updates == null ? {} : { update: readAttributeUpdates(updates) };
      return { ...update, ...readCondition(members) };
    }
    case 'Query': {
      const filter = readFilter('queryFilter', members.QueryFilter, members);
      const projection = readAttributesToGet(members);
      const { KeyConditions: conditions } = members;
      const key = conditions == null ? {} : { keyCondition: readKeyConditions(conditions) };
      return { ...filter, ...projection, ...key };
    }
    case 'Scan': {
      const projection = readAttributesToGet(members);
      return { ...projection, ...readFilter('scanFilter', members.ScanFilter, members) };
    }
    case 'ConditionCheck':
      return {};
  }
}

function readCondition({ Expected: expected, ConditionalOperator }: ExpressionMembers): Expressions {
  const condition = joinedBy(ConditionalOperator, expected == null ? undefined : readExpected(expected));
  return condition ? { condition } : {};
}

function readFilter(
  member: string,
  conditions: ExpressionMembers['QueryFilter'],
  { ConditionalOperator }: ExpressionMembers,
): Expressions {
  const read: Condition[] | undefined =
    conditions == null ? undefined : readComparisons(member, conditions).map(conditionOf);
  const filter = joinedBy(ConditionalOperator, read);
  return filter ? { filter } : {};
}

function readAttributesToGet({ AttributesToGet: names }: ExpressionMembers): Expressions {
  if (names == null) return {};
  const projection: Projection = names.map((name) => [name]);
  const seen = new Set<string>();
  for (const name of names) {
    checkAttributeName(name);
    if (seen.has(name)) throw invalidParameter(`Duplicate value in attribute name: ${name}`);
    seen.add(name);
  }
  return { projection };
}

/** Joins the conditions of Expected, QueryFilter or ScanFilter, by AND where ConditionalOperator doesn't say OR. */
function joinedBy(
  operator: string | null | undefined,
  conditions: readonly Condition[] | undefined,
): Condition | undefined {
  checkOperator(operator, conditions?.length ?? 0);
  if (!conditions || conditions.length === 0) return undefined;
  return { kind: operator === 'OR' ? 'or' : 'and', conditions };
}

function checkOperator(operator: string | null | undefined, count: number): void {
  if (operator == null) return;
  if (operator !== 'AND' && operator !== 'OR') {
    throw validationError(
      `1 validation error detected: Value '${operator}' at 'conditionalOperator' failed to satisfy constraint: Member must satisfy enum value set: [OR, AND]`,
    );
  }
  if (count === 0) throw validationError('ConditionalOperator cannot be used without Filter or Expected');
  if (count === 1) {
    throw validationError(
      'ConditionalOperator can only be used when Filter or Expected has two or more elements',
    );
  }
}
