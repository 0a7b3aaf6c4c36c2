import { isObject } from '../../../aws/json-object.ts';
import { parsedJson } from '../../../aws/parsed-json.ts';
import { StateError } from '../interpreter/state-error.ts';

/**
 * The error of a function that failed, by its own error type; the cause is what it answered (Step Functions guide, "Handling
 * errors in Step Functions workflows": `Lambda.Unknown` where it tells no type).
 */
export function functionError(payload: string): StateError {
  const answer = parsedJson(payload);
  const type = isObject(answer) ? answer.errorType : undefined;
  if (typeof type === 'string' && type !== '') return new StateError(type, payload);
  return new StateError(
    'Lambda.Unknown',
    `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`,
  );
}
