import { boolean, list, required, structure, text } from '../../../aws/members.ts';
import { doneByContext } from './context.ts';
import { needsOfStatements } from './needs.ts';
import {
  CAPACITY_DETAIL,
  CONSUMED_CAPACITY,
  ITEM,
  ITEM_ON_FAILURE,
  LIMIT,
  TABLE_NAME,
  VALUE,
} from './shapes.ts';

const STATEMENT = {
  Statement: required(text({ min: 1, max: 8192 })),
  Parameters: list(VALUE, { min: 1 }),
  ReturnValuesOnConditionCheckFailure: ITEM_ON_FAILURE,
} as const;
const NEXT_TOKEN = text({ min: 1, max: 32_768 });
const MAX_BATCH = 25;
const MAX_TRANSACTION = 100;

/** PartiQL. */
export const STATEMENT_OPERATIONS = doneByContext({
  BatchExecuteStatement: {
    input: {
      Statements: required(
        list(structure({ ...STATEMENT, ConsistentRead: boolean() }), { min: 1, max: MAX_BATCH }),
      ),
      ReturnConsumedCapacity: CAPACITY_DETAIL,
    },
    output: {
      Responses: list(
        structure({
          Error: structure({ Code: text(), Message: text(), Item: ITEM }),
          TableName: TABLE_NAME,
          Item: ITEM,
        }),
      ),
      ConsumedCapacity: list(CONSUMED_CAPACITY),
    },
    needs: needsOfStatements,
  },
  ExecuteStatement: {
    input: {
      ...STATEMENT,
      ConsistentRead: boolean(),
      NextToken: NEXT_TOKEN,
      ReturnConsumedCapacity: CAPACITY_DETAIL,
      Limit: LIMIT,
    },
    output: {
      Items: list(ITEM),
      NextToken: NEXT_TOKEN,
      ConsumedCapacity: CONSUMED_CAPACITY,
      LastEvaluatedKey: ITEM,
    },
    needs: needsOfStatements,
  },
  ExecuteTransaction: {
    input: {
      TransactStatements: required(list(structure(STATEMENT), { min: 1, max: MAX_TRANSACTION })),
      ClientRequestToken: text({ min: 1, max: 36 }),
      ReturnConsumedCapacity: CAPACITY_DETAIL,
    },
    output: {
      Responses: list(structure({ Item: ITEM }), { min: 1, max: MAX_TRANSACTION }),
      ConsumedCapacity: list(CONSUMED_CAPACITY),
    },
    needs: needsOfStatements,
  },
});
