import { Script } from 'node:vm';

const LONGEST_MS = 1_000;

/**
 * Whether CloudFormation's pattern matches all of the value. A template may come from anybody, and an expression such as
 * `(a+)+$` takes longer than the world on the wrong value: it is ended, and nothing else is kept waiting.
 */
export function matchesWhole(pattern: string, value: string): 'yes' | 'no' | 'no pattern' | 'too slow' {
  const source = `^(?:${pattern})$`;
  if (!isExpression(source)) return 'no pattern';
  if (isQuick(pattern)) return new RegExp(source).test(value) ? 'yes' : 'no';
  const script = new Script(`new RegExp(${JSON.stringify(source)}).test(${JSON.stringify(value)})`);
  try {
    return script.runInThisContext({ timeout: LONGEST_MS }) === true ? 'yes' : 'no';
  } catch (error) {
    if (isTimeout(error)) return 'too slow';
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

function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
