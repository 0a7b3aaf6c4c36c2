import { Script } from 'node:vm';
import { hasCode } from './has-code.ts';

const MAX_MS = 1_000;

export type PatternOutcome = 'yes' | 'no' | 'no pattern' | 'too slow';

/** Tells whether CloudFormation's pattern matches all of the value. */
export type PatternMatcher = (pattern: string, value: string) => PatternOutcome;

/**
 * Matches the patterns of one template. It may come from anybody, and an expression such as `(a+)+$` takes longer than the
 * world on the wrong value: it is ended, and nothing else is kept waiting. Hundreds of them, each ended for itself, would
 * hold up everything too: they share their time, `maxMs`, and those for which none is left are too slow.
 */
export function patternMatcher(maxMs = MAX_MS): PatternMatcher {
  let leftMs = maxMs;
  return (pattern, value) => {
    const source = `^(?:${pattern})$`;
    if (!isExpression(source)) return 'no pattern';
    if (isQuick(pattern)) return new RegExp(source).test(value) ? 'yes' : 'no';
    if (leftMs < 1) return 'too slow';
    const startedAt = performance.now();
    const outcome = watched(source, value, Math.ceil(leftMs));
    leftMs -= performance.now() - startedAt;
    return outcome;
  };
}

function watched(source: string, value: string, timeout: number): PatternOutcome {
  const script = new Script(`new RegExp(${JSON.stringify(source)}).test(${JSON.stringify(value)})`);
  try {
    return script.runInThisContext({ timeout }) === true ? 'yes' : 'no';
  } catch (error) {
    if (hasCode(error, 'ERR_SCRIPT_EXECUTION_TIMEOUT')) return 'too slow';
    throw error;
  }
}

/** With one repetition and no alternatives there is one way to try. What watches others is a thread, which a start can do without. */
function isQuick(pattern: string): boolean {
  return !/[(|]/.test(pattern) && (pattern.match(/[*+?{]/g) ?? []).length <= 1;
}

function isExpression(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}
