import type {
  AttributeUpdateMember,
  ConditionMember,
  ExpectedMember,
  ExpressionMembers,
} from '../expressions/expression-members.ts';
import { COMPARISON_OPERATORS } from '../legacy/comparison.ts';
import type { Members } from './members.ts';
import { asText, MODEL } from './shapes.ts';

/** The members that hold expressions or what was there before them, each of its kind. */
export function readExpressionMembers(members: Members): ExpressionMembers {
  const names = members.entries('ExpressionAttributeNames', 'java.lang.String');
  const values = members.entries('ExpressionAttributeValues', `${MODEL}.AttributeValue`);
  return {
    ConditionExpression: members.text('ConditionExpression'),
    FilterExpression: members.text('FilterExpression'),
    KeyConditionExpression: members.text('KeyConditionExpression'),
    UpdateExpression: members.text('UpdateExpression'),
    ProjectionExpression: members.text('ProjectionExpression'),
    ExpressionAttributeNames:
      names && Object.fromEntries(names.map(([name, value]) => [name, asText(value)])),
    ExpressionAttributeValues: values && Object.fromEntries(values),
    ...(hasOlder(members) && readOlder(members)),
  };
}

const OLDER = [
  'Expected',
  'ConditionalOperator',
  'AttributeUpdates',
  'QueryFilter',
  'ScanFilter',
  'KeyConditions',
  'AttributesToGet',
];

const hasOlder = (members: Members): boolean => OLDER.some((name) => members.has(name));

function readOlder(members: Members): ExpressionMembers {
  return {
    Expected: readStructures(members, 'Expected', 'ExpectedAttributeValue', readExpected),
    ConditionalOperator: members.oneOf('ConditionalOperator', ['OR', 'AND']),
    AttributeUpdates: readStructures(members, 'AttributeUpdates', 'AttributeValueUpdate', readUpdate),
    QueryFilter: readStructures(members, 'QueryFilter', 'Condition', readCondition),
    ScanFilter: readStructures(members, 'ScanFilter', 'Condition', readCondition),
    KeyConditions: readStructures(members, 'KeyConditions', 'Condition', readCondition),
    AttributesToGet: members.list('AttributesToGet', { minLength: 1, maxLength: 255 }, asText),
  };
}

function readStructures<T>(
  members: Members,
  name: string,
  className: string,
  read: (member: Members) => T,
): Record<string, T> | undefined {
  const entries = members.entries(name, `${MODEL}.${className}`);
  return (
    entries &&
    Object.fromEntries(entries.map(([key, value]) => [key, read(members.inMap(name, key, value, className))]))
  );
}

function readCondition(member: Members): ConditionMember {
  member.require('ComparisonOperator');
  return readComparison(member);
}

function readComparison(member: Members): ConditionMember {
  return {
    ComparisonOperator: member.oneOf('ComparisonOperator', COMPARISON_OPERATORS),
    AttributeValueList: member.list('AttributeValueList', {}, (value) => value),
  };
}

function readExpected(member: Members): ExpectedMember {
  return { ...readComparison(member), Exists: member.boolean('Exists'), Value: member.input.Value };
}

function readUpdate(member: Members): AttributeUpdateMember {
  return { Action: member.oneOf('Action', ['ADD', 'PUT', 'DELETE']), Value: member.input.Value };
}
