import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import type { Described, JsonOperation, JsonService } from '../../aws/operation.ts';

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
  const operations = Object.entries(service.operations).map(([name, { needs, handle, described }]) => {
    const operation: JsonOperation = {
      needs,
      handle: (input, call) => timed(name, input, measure, () => handle(input, call)),
    };
    if (described) operation.described = measuredSteps(name, described, measure);
    return [name, operation] as const;
  });
  return { ...service, operations: Object.fromEntries(operations) };
}

function measuredSteps(name: string, described: Described, measure: (call: MeasuredCall) => void): Described {
  return {
    ...described,
    answer: (reading, call) => timed(name, reading.given, measure, () => described.answer(reading, call)),
  };
}

async function timed<Output extends JsonObject | undefined>(
  operation: string,
  input: JsonObject,
  measure: (call: MeasuredCall) => void,
  answer: () => Output | Promise<Output>,
): Promise<Output> {
  const startedMs = performance.now();
  const ended = (): MeasuredCall => ({ operation, input, durationMs: performance.now() - startedMs });
  try {
    const output = await answer();
    measure(output ? { ...ended(), output } : ended());
    return output;
  } catch (error) {
    if (error instanceof AwsError) measure({ ...ended(), error });
    throw error;
  }
}
