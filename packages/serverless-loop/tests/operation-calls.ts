import { runOperation } from '../src/aws/described-operations.ts';
import type { JsonObject } from '../src/aws/json-object.ts';
import type { Call, DescribedOperation, Need } from '../src/aws/operation.ts';

/** Calls an operation as somebody who may do all. */
export async function called(
  operation: DescribedOperation | undefined,
  input: JsonObject,
  call: Call,
): Promise<JsonObject> {
  if (!operation) throw new TypeError('There is no such operation.');
  return runOperation(operation, input, call, () => undefined);
}

/** The rights that a call of an operation needs. */
export function needed(operation: DescribedOperation | undefined, input: JsonObject): Need[] | undefined {
  return operation?.needs(operation.read(input));
}
