import type { Place } from '../../../aws/arn.ts';
import { type Members, structure } from '../../../aws/members.ts';
import type { Call, JsonObject, Need } from '../../../aws/operation.ts';
import type { Operation } from '../../../aws/service.ts';

/** Does an operation, its input read by itself and its answer as it goes. Throws AwsError. */
export type Run = (input: JsonObject, call: Call) => JsonObject | Promise<JsonObject>;

export interface DynamoDbContext {
  place: Place;
  /** By the operations' names: those of the engine, or those that pass a call on. */
  runs: Readonly<Record<string, Run>>;
}

interface Described {
  input: Members;
  output?: Members;
  /** Takes unchecked input. */
  needs(input: JsonObject, place: Place): Need[];
}

/** A table of operations, each of which is done by what has its name in the context. */
export function doneByContext<N extends string>(
  described: Readonly<Record<N, Described>>,
): Record<N, Operation<DynamoDbContext>> {
  const entries = Object.entries<Described>(described);
  const operations: Record<string, Operation<DynamoDbContext>> = Object.fromEntries(
    entries.map(([name, { input, output, needs }]) => [
      name,
      {
        input: structure(input),
        ...(output && { output: structure(output) }),
        needs: (given, { place }) => needs(given, place),
        handle(given, { runs }, call) {
          const run = runs[name];
          if (!run) throw new TypeError(`Nothing does ${name}.`);
          return run(given, call);
        },
      },
    ]),
  );
  return operations;
}
