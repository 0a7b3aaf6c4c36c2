import type { ExpressionMembers } from '../expressions/read-expressions.ts';
import type { Members } from './members.ts';
import { asText, MODEL } from './shapes.ts';

/** The members that hold expressions, each of its kind. */
export function readExpressionMembers(members: Members): ExpressionMembers {
  const names = members.entries('ExpressionAttributeNames', 'java.lang.String');
  const values = members.entries('ExpressionAttributeValues', `${MODEL}.AttributeValue`);
  return {
    ConditionExpression: members.text('ConditionExpression'),
    FilterExpression: members.text('FilterExpression'),
    KeyConditionExpression: members.text('KeyConditionExpression'),
    UpdateExpression: members.text('UpdateExpression'),
    ProjectionExpression: members.text('ProjectionExpression'),
    ExpressionAttributeNames: names && Object.fromEntries(names.map(([name, value]) => [name, asText(value)])),
    ExpressionAttributeValues: values && Object.fromEntries(values),
  };
}
