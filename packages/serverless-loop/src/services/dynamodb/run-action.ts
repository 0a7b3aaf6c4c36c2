import { AwsError } from '../../aws/errors.ts';
import { isObject } from '../../aws/json-object.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { type Action, loadAction, loadValidations, type Store } from './dynalite.ts';
import { guard } from './guarded-store.ts';
import { holdToRules } from './input-rules.ts';

const RETURN_ON_FAILURE = { type: 'String', enum: ['ALL_OLD', 'NONE'] };

/** Members of DynamoDB's API that dynalite doesn't know; the loop gives them their effect itself. */
const ADDED_MEMBERS = new Map([
  ['PutItem', { ReturnValuesOnConditionCheckFailure: RETURN_ON_FAILURE }],
  ['UpdateItem', { ReturnValuesOnConditionCheckFailure: RETURN_ON_FAILURE }],
  ['DeleteItem', { ReturnValuesOnConditionCheckFailure: RETURN_ON_FAILURE }],
]);

/** Checks the input and runs one of dynalite's actions on the store, as its HTTP server would. Throws AwsError. */
export function runAction(
  store: Store,
  operation: string,
  input: JsonObject,
): Promise<JsonObject | undefined> {
  return new Promise((resolve, reject) => {
    const checked = checkInput(store, operation, input);
    loadAction(operation).run(guard(store, reject), checked, (error, output) => {
      if (error) reject(asAwsError(error));
      else resolve(isObject(output) ? output : undefined);
    });
  });
}

/** The input as dynalite's action takes it. Throws AwsError when it breaks the operation's rules. */
export function checkInput(store: Store, operation: string, input: JsonObject): JsonObject {
  const { types, custom } = loadAction(operation);
  const typed = checked(input, { ...types, ...ADDED_MEMBERS.get(operation) }, custom, store);
  holdToRules(operation, typed);
  return typed;
}

/** The input with only the members that `types` describes. Throws AwsError when it breaks their rules. */
export function checked(
  input: JsonObject,
  types: Action['types'],
  custom: Action['custom'],
  store: Store,
): JsonObject {
  const { checkTypes, checkValidations } = loadValidations();
  try {
    const typed = checkTypes(input, types);
    checkValidations(typed, types, custom, store);
    return typed;
  } catch (error) {
    throw error instanceof TypeError ? misshapen(error) : asAwsError(error);
  }
}

/** dynalite's checks break on a null inside the input, which DynamoDB refuses. */
function misshapen(error: TypeError): AwsError {
  return new AwsError('SerializationException', `The input has a null where none may be (${error.message})`);
}

/** dynalite's errors carry the status and the body of the answer; any other error is one of the loop itself. */
function asAwsError(error: unknown): unknown {
  if (!(error instanceof Error) || !('statusCode' in error) || !('body' in error) || !isObject(error.body)) {
    return error;
  }
  const { __type, message, Message, ...members } = error.body;
  const code = String(__type).replace(/^.*#/, '');
  return new AwsError(code, String(message ?? Message ?? ''), { status: Number(error.statusCode), members });
}
