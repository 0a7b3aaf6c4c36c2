import { AwsError } from '../../aws/errors.ts';
import type { JsonObject, JsonService } from '../../aws/operation.ts';

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
  const operations = Object.entries(service.operations).map(([operation, { needs, handle }]) => {
    const measuredHandle: typeof handle = async (input, call) => {
      const startedMs = performance.now();
      const told = (rest: { output?: JsonObject; error?: AwsError }) =>
        measure({ operation, input, durationMs: performance.now() - startedMs, ...rest });
      try {
        const output = await handle(input, call);
        told({ ...(output && { output }) });
        return output;
      } catch (error) {
        if (error instanceof AwsError) told({ error });
        throw error;
      }
    };
    return [operation, { needs, handle: measuredHandle }] as const;
  });
  return { ...service, operations: Object.fromEntries(operations) };
}
