import { AwsError } from '../../../aws/errors.ts';
import { JsonError, parseJsonWithin, SHORT_LIMITS } from '../../../aws/json-limits.ts';

/** The most bytes of an input (Step Functions guide, "Service quotas", "Maximum input or output size"). */
const MAX_BYTES = 262_144;

/** Reads the input of an execution. Throws the AwsError InvalidExecutionInput. */
export function readInput(text: string): unknown {
  if (Buffer.byteLength(text) > MAX_BYTES) throw invalidInput(`Exceeds the limit of ${MAX_BYTES} bytes.`);
  // LocalStack's record "test_invalid_start_execution_input" of AWS, as are the words below.
  if (text.trim() === '') throw invalidInput('Invalid execution input.');
  try {
    return parseJsonWithin(text, SHORT_LIMITS);
  } catch (error) {
    if (error instanceof JsonError || error instanceof SyntaxError) throw invalidInput(reasonOf(text, error));
    throw error;
  }
}

function reasonOf(text: string, error: Error): string {
  const [word = ''] = /^[A-Za-z]+/.exec(text.trim()) ?? [];
  if (word === '') return error.message;
  return `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;
}

function invalidInput(reason: string): AwsError {
  return new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`);
}
