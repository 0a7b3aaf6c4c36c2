import type { Clock } from '../../../clock.ts';
import type { Tally } from '../../../tally.ts';
import type { OperationPort } from '../integrations/operation-port.ts';
import type { EvaluateJsonata } from '../interpreter/step.ts';

/** Counts what waits for the clock. */
export function countedClock<Kind extends Pick<Clock, 'after'>>(clock: Kind, waiting: Tally): Kind {
  return {
    ...clock,
    after(delayMs: number, task: () => void) {
      let end: (() => void) | undefined = waiting.begin();
      const over = () => {
        end?.();
        end = undefined;
      };
      const timer = clock.after(delayMs, () => {
        // The next wait or call begins before this one is over.
        task();
        setImmediate(over);
      });
      return {
        cancel() {
          timer.cancel();
          over();
        },
      };
    },
  };
}

/** Counts the expressions that are evaluated. */
export function countedEvaluation(evaluate: EvaluateJsonata, working: Tally): EvaluateJsonata {
  return async (expression, bindings) => {
    const end = working.begin();
    try {
      return await evaluate(expression, bindings);
    } finally {
      end();
    }
  };
}

/** Counts the operations that are called. */
export function countedOperations(operations: OperationPort, working: Tally): OperationPort {
  return {
    find: operations.find,
    async run(found, input, call) {
      const end = working.begin();
      try {
        return await operations.run(found, input, call);
      } finally {
        end();
      }
    },
  };
}
