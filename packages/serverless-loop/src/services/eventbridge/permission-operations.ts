import { AwsError } from '../../aws/errors.ts';
import { boolean, required, structure, text } from '../../aws/members.ts';
import { grantingStatement, type Permission, statementsIn, withStatement } from './bus-policy.ts';
import { busOf, operation } from './context.ts';

const BUS_NAME = text({ min: 1, max: 256, pattern: String.raw`[\.\-_A-Za-z0-9]+` });

const STATEMENT_ID = text({ min: 1, max: 64, pattern: '[a-zA-Z0-9-_]+' });

/** The operations on a bus's resource policy; their words are of moto, moto/events/models.py, and LocalStack's record, test_events.snapshot.json. */
export const PERMISSION_OPERATIONS = {
  PutPermission: operation({
    input: {
      EventBusName: BUS_NAME,
      Action: text({ min: 1, max: 64, pattern: 'events:[a-zA-Z]+' }),
      Principal: text({ min: 1, max: 12, pattern: String.raw`(\d{12}|\*)` }),
      StatementId: STATEMENT_ID,
      Condition: structure({ Type: required(text()), Key: required(text()), Value: required(text()) }),
      Policy: text(),
    },
    needs: ({ EventBusName }, { buses }) => [buses.arnOf(EventBusName)],
    handle({ EventBusName, Policy, ...given }, context) {
      const { name, arn, policy } = busOf(EventBusName, context);
      const statements =
        Policy === undefined
          ? withStatement(policy, grantingStatement(permissionOf(given), arn))
          : statementsIn(Policy);
      context.buses.setPolicy(name, statements);
      return {};
    },
  }),
  RemovePermission: operation({
    input: { StatementId: STATEMENT_ID, RemoveAllPermissions: boolean(), EventBusName: BUS_NAME },
    needs: ({ EventBusName }, { buses }) => [buses.arnOf(EventBusName)],
    handle({ StatementId, RemoveAllPermissions = false, EventBusName }, context) {
      const { name, policy } = busOf(EventBusName, context);
      const left = RemoveAllPermissions ? [] : policy.filter(({ Sid }) => Sid !== StatementId);
      if (!RemoveAllPermissions && left.length === policy.length)
        throw new AwsError('ResourceNotFoundException', 'Statement with the provided id does not exist.');
      context.buses.setPolicy(name, left);
      return {};
    },
  }),
};

function permissionOf({
  StatementId,
  Action,
  Principal,
  Condition,
}: {
  StatementId?: string;
  Action?: string;
  Principal?: string;
  Condition?: { Type: string; Key: string; Value: string };
}): Permission {
  if (Principal === undefined) throw invalid('Parameter Principal must be specified.');
  if (StatementId === undefined) throw invalid('Parameter StatementId must be specified.');
  if (Condition && Principal !== '*')
    throw invalid("Value of the parameter 'principal' must be '*' when the parameter 'condition' is set.");
  if (Action !== 'events:PutEvents') throw invalid("Provided value in parameter 'action' is not supported.");
  return {
    statementId: StatementId,
    action: Action,
    principal: Principal,
    ...(Condition && { condition: Condition }),
  };
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
