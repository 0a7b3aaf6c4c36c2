import type { StackFact } from '../../../facts/stacks.ts';
import type { Fact } from '../../../facts.ts';
import { type FactLines, listed } from '../fact-words.ts';

export const STACK_LINES: FactLines<StackFact> = {
  'time.changed': (fact, { wait }) =>
    wait(
      `Time is ${Math.round(fact.aheadMs / 1_000)} s ahead, and retries run ${fact.retrySpeed} times as fast`,
    ),
  'stack.status'(fact, { good, bad, quiet, paint }) {
    const { status, reason } = fact;
    const paintStatus = /FAILED|ROLLBACK/.test(status) ? bad : status.endsWith('_COMPLETE') ? good : quiet;
    return `${paint('bold', fact.stackName)} ${paintStatus(status)}${reason === undefined ? '' : `: ${reason}`}`;
  },
  'template.changed': (fact, { good, name }) =>
    `${name(fact.file)} ${good('was saved and runs')}: ${changesOf(fact)}${listed(fact.missing)}`,
  'template.broken': (fact, { bad, name, options }) =>
    `${name(fact.file)} ${bad('was saved and is not run')}: all stays as it was${listed(options.verbose ? fact.errors : firstOf(fact.errors))}`,
};

/** Such as `Audit is new, Orders changed`. */
function changesOf({ added, changed, removed }: Extract<Fact, { kind: 'template.changed' }>): string {
  const parts = [
    [added, 'new'],
    [changed, 'changed'],
    [removed, 'removed'],
  ] as const;
  const told = parts.flatMap(([ids, words]) => (ids.length > 0 ? [`${words} ${ids.join(', ')}`] : []));
  return told.length > 0 ? told.join('; ') : 'no resource is another';
}

/** The rest often comes of these: what refers to a resource whose name is gone. */
const FIRST_ERRORS = 5;

function firstOf(errors: string[]): string[] {
  const left = errors.length - FIRST_ERRORS;
  return left <= 1 ? errors : [...errors.slice(0, FIRST_ERRORS), `… ${left} more: a start tells all`];
}
