import { AwsError } from '../../aws/errors.ts';
import type { Eventual } from '../../aws/eventual.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import type { JsonService } from '../../aws/operation.ts';

/** A call of a service that came to its end. */
export interface MeasuredCall {
  operation: string;
  input: JsonObject;
  durationMs: number;
  output?: JsonObject;
  error?: AwsError;
}

/** The same service, with each of its answers told to `measure`, which must not throw. */
export function measured(service: JsonService, measure: (call: MeasuredCall) => void): JsonService {
  const operations = Object.entries(service.operations).map(([name, operation]) => {
    const answer: typeof operation.answer = (reading, call) =>
      timed(name, reading.given, measure, () => operation.answer(reading, call));
    return [name, { ...operation, answer }] as const;
  });
  return { ...service, operations: Object.fromEntries(operations) };
}

function timed(
  operation: string,
  input: JsonObject,
  measure: (call: MeasuredCall) => void,
  answer: () => Eventual<JsonObject>,
): Eventual<JsonObject> {
  const startedMs = performance.now();
  const answered = (output: JsonObject) => {
    measure({ operation, input, durationMs: performance.now() - startedMs, output });
    return output;
  };
  const failed = (error: unknown): never => {
    if (error instanceof AwsError)
      measure({ operation, input, durationMs: performance.now() - startedMs, error });
    throw error;
  };
  let output: Eventual<JsonObject>;
  try {
    output = answer();
  } catch (error) {
    return failed(error);
  }
  return output instanceof Promise ? output.then(answered, failed) : answered(output);
}
