import { compileFilterPattern } from '../../../src/services/logs/filter/pattern.ts';
import { stepsOf } from '../../../src/services/logs/filter/verdict.ts';

/** Whether a filter pattern matches a message, without pauses. */
export function matcherOf(pattern: string): (message: string) => boolean {
  const test = compileFilterPattern(pattern);
  return (message) => {
    const steps = stepsOf(test(message));
    for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
  };
}
