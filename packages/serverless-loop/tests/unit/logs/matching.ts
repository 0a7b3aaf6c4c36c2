import { compileFilterPattern } from '../../../src/services/logs/filter/pattern.ts';

/** Matches a line with all steps taken at once. Throws as `compileFilterPattern` does. */
export function matching(pattern: string): (line: string) => boolean {
  const test = compileFilterPattern(pattern);
  return (line) => {
    const steps = test(line);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  };
}
