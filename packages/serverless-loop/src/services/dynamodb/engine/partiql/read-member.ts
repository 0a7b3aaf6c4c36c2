import type { Members } from '../requests/members.ts';
import type { AttributeValue } from '../values/attribute-value.ts';
import { readAttributeValue } from '../values/read-value.ts';
import { readPartiql, type Statement } from './read-partiql.ts';

/** API reference, "ExecuteStatement". */
const MAX_STATEMENT_LENGTH = 8192;

/** A statement of a request, with what stands beside it. */
export interface StatementMember {
  readonly text: string;
  readonly isConsistent: boolean;
  readonly returnsItemOnFailure: boolean;
  /** Reads the values of the parameters, which DynamoDB looks at before the statement. */
  readParameters(): readonly AttributeValue[];
}

export function readMember(members: Members): StatementMember {
  const text = members.requiredText('Statement', { minLength: 1, maxLength: MAX_STATEMENT_LENGTH });
  const parameters = members.list('Parameters', { minLength: 1 }, (value) => value) ?? [];
  const onFailure = members.oneOf('ReturnValuesOnConditionCheckFailure', ['ALL_OLD', 'NONE'] as const);
  return {
    text,
    isConsistent: members.boolean('ConsistentRead') ?? false,
    returnsItemOnFailure: onFailure === 'ALL_OLD',
    readParameters: () => parameters.map(readAttributeValue),
  };
}

export const readStatementOf = (member: StatementMember): Statement =>
  readPartiql(member.text, member.readParameters());
