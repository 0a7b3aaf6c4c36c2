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
      handle: (input, call) => timed(name, input, measure, async () => handle(input, call)),
    };
    if (described) operation.described = measuredSteps(name, described, measure);
    return [name, operation] as const;
  });
  return { ...service, operations: Object.fromEntries(operations) };
}

function measuredSteps(name: string, described: Described, measure: (call: MeasuredCall) => void): Described {
  return {
    ...described,
    answer: (reading, call) =>
      timed(name, reading.given, measure, async () => described.answer(reading, call)),
  };
}

async function timed<Output extends JsonObject | undefined>(
  operation: string,
  input: JsonObject,
  measure: (call: MeasuredCall) => void,
  answer: () => Promise<Output>,
): Promise<Output> {
  const startedMs = performance.now();
  const told = (rest: { output?: JsonObject; error?: AwsError }) =>
    measure({ operation, input, durationMs: performance.now() - startedMs, ...rest });
  try {
    const output = await answer();
    told({ ...(output && { output }) });
    return output;
  } catch (error) {
    if (error instanceof AwsError) told({ error });
    throw error;
  }
}
