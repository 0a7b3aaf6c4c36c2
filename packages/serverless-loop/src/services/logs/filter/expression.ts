import type { Scanner } from './scanner.ts';
import { isSoOfAll, isSoOfAny, type Test } from './verdict.ts';

/** Conditions joined by `&&` and `||`, with parentheses, which go before `&&`, which goes before `||`. */
export function readExpression<Subject>(scanner: Scanner, readCondition: () => Test<Subject>): Test<Subject> {
  const alternatives = [readConjunction(scanner, readCondition)];
  while (scanner.takeText('||')) alternatives.push(readConjunction(scanner, readCondition));
  return (subject) => isSoOfAny(alternatives, (test) => test(subject));
}

function readConjunction<Subject>(scanner: Scanner, readCondition: () => Test<Subject>): Test<Subject> {
  const tests = [readPrimary(scanner, readCondition)];
  while (scanner.takeText('&&')) tests.push(readPrimary(scanner, readCondition));
  return (subject) => isSoOfAll(tests, (test) => test(subject));
}

function readPrimary<Subject>(scanner: Scanner, readCondition: () => Test<Subject>): Test<Subject> {
  if (!scanner.takeText('(')) return readCondition();
  const inside = readExpression(scanner, readCondition);
  scanner.expect(')');
  return inside;
}
