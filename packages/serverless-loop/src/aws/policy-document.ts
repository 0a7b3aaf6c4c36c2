import type { Statement } from './statement.ts';

/** A resource policy as AWS shows it: JSON text (IAM guide, "Grammar of the IAM JSON policy language"). */
export function renderPolicyDocument(statements: Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements.map(renderStatement) });
}

/** One statement as it stands in a policy. */
export function renderStatement(statement: Statement) {
  return {
    ...(statement.sid !== undefined && { Sid: statement.sid }),
    Effect: statement.effect,
    ...(statement.principals && { Principal: mapValues(statement.principals, oneOrMore) }),
    ...(statement.actions && { Action: oneOrMore(statement.actions) }),
    ...(statement.notActions && { NotAction: oneOrMore(statement.notActions) }),
    ...(statement.resources && { Resource: oneOrMore(statement.resources) }),
    ...(statement.notResources && { NotResource: oneOrMore(statement.notResources) }),
    ...(statement.conditions && {
      Condition: mapValues(statement.conditions, (keys) => mapValues(keys, oneOrMore)),
    }),
  };
}

function oneOrMore(values: string[]): string | string[] {
  const [only, ...more] = values;
  return only !== undefined && more.length === 0 ? only : values;
}

function mapValues<From, To>(record: Record<string, From>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
