import type { Scanner } from './scanner.ts';

/** Tells whether something is as a pattern wants it. Found in steps, since a line may be long and a pattern too. */
export type Test<Subject> = (subject: Subject) => Generator<undefined, boolean>;

/** Of the message of a log event. */
export type MessageTest = Test<string>;

/** Conditions joined by `&&` and `||`, with parentheses, which go before `&&`, which goes before `||`. */
export function readExpression<Subject>(scanner: Scanner, readCondition: () => Test<Subject>): Test<Subject> {
  const alternatives = [readConjunction(scanner, readCondition)];
  while (scanner.takeText('||')) alternatives.push(readConjunction(scanner, readCondition));
  return anyOf(alternatives);
}

function readConjunction<Subject>(scanner: Scanner, readCondition: () => Test<Subject>): Test<Subject> {
  const tests = [readPrimary(scanner, readCondition)];
  while (scanner.takeText('&&')) tests.push(readPrimary(scanner, readCondition));
  return allOf(tests);
}

function readPrimary<Subject>(scanner: Scanner, readCondition: () => Test<Subject>): Test<Subject> {
  if (!scanner.takeText('(')) return readCondition();
  const inside = readExpression(scanner, readCondition);
  scanner.expect(')');
  return inside;
}

export function anyOf<Subject>(tests: readonly Test<Subject>[]): Test<Subject> {
  return function* (subject) {
    for (const test of tests) if (yield* test(subject)) return true;
    return false;
  };
}

export function allOf<Subject>(tests: readonly Test<Subject>[]): Test<Subject> {
  return function* (subject) {
    for (const test of tests) if (!(yield* test(subject))) return false;
    return true;
  };
}

export function not<Subject>(test: Test<Subject>): Test<Subject> {
  return function* (subject) {
    return !(yield* test(subject));
  };
}

/** A test that takes one step. */
export function inOneStep<Subject>(test: (subject: Subject) => boolean): Test<Subject> {
  return function* (subject) {
    yield;
    return test(subject);
  };
}
