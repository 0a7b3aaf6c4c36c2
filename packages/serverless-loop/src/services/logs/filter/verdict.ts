/** Whether something is so: at once, or in steps for `inSlices` where a long text may take long. */
export type Verdict = boolean | Generator<undefined, boolean>;

export type Test<Subject> = (subject: Subject) => Verdict;

/** A verdict in steps, whichever it is. */
export function* stepsOf(verdict: Verdict): Generator<undefined, boolean> {
  yield;
  return typeof verdict === 'boolean' ? verdict : yield* verdict;
}

export function* isSoOfAny<Item>(items: Item[], test: Test<Item>): Generator<undefined, boolean> {
  for (const item of items) if (yield* stepsOf(test(item))) return true;
  return false;
}

export function* isSoOfAll<Item>(items: Item[], test: Test<Item>): Generator<undefined, boolean> {
  for (const item of items) if (!(yield* stepsOf(test(item)))) return false;
  return true;
}

export function not<Subject>(test: Test<Subject>): Test<Subject> {
  return function* (subject) {
    return !(yield* stepsOf(test(subject)));
  };
}
