import { AwsError } from '../../aws/errors.ts';
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

async function timed(
  operation: string,
  input: JsonObject,
  measure: (call: MeasuredCall) => void,
  answer: () => JsonObject | Promise<JsonObject>,
): Promise<JsonObject> {
  const startedMs = performance.now();
  const ended = (): MeasuredCall => ({ operation, input, durationMs: performance.now() - startedMs });
  try {
    const output = await answer();
    measure({ ...ended(), output });
    return output;
  } catch (error) {
    if (error instanceof AwsError) measure({ ...ended(), error });
    throw error;
  }
}
