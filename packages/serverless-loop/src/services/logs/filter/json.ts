import { parseJsonWithin, SHORT_LIMITS } from '../../../aws/json-limits.ts';
import { readComparison, type Value } from './comparison.ts';
import { inOneStep, type MessageTest, readExpression, type Test } from './expression.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { regexQuota } from './regex-quota.ts';
import { Scanner } from './scanner.ts';
import { readSelector, type Selector } from './selector.ts';

const MAX_WILDCARDS = 3;

/**
 * `{ $.status >= 500 && $.path = "/a*" }` (CloudWatch Logs guide, "Using filter patterns to match terms in JSON log
 * events"). Matches JSON objects only. `onSelector` is told of each property that it names. Throws InvalidPatternError.
 */
export function jsonPattern(text: string, onSelector: (selector: Selector) => void = () => {}): MessageTest {
  const scanner = new Scanner(text.slice(1, -1));
  const countRegex = regexQuota();
  let wildcards = 0;
  const test = readExpression<unknown>(scanner, () => {
    const selector = readSelector(scanner);
    onSelector(selector);
    if (selector.hasWildcard) wildcards += 1;
    return readCondition(scanner, selector, countRegex);
  });
  if (!scanner.atEnd()) throw scanner.unexpected("'&&', '||' or the end");
  if (wildcards > MAX_WILDCARDS) {
    throw new InvalidPatternError(`A filter pattern has at most ${MAX_WILDCARDS} wildcard selectors`);
  }
  return function* (message) {
    const document = parseDocument(message);
    yield;
    return document !== undefined && (yield* test(document));
  };
}

function readCondition(scanner: Scanner, { select }: Selector, onRegex: () => void): Test<unknown> {
  if (scanner.take(/NOT\s+EXISTS\b/) !== undefined)
    return inOneStep((document) => select(document).length === 0);
  const constant = scanner.take(/IS\s+(?:NULL|TRUE|FALSE)\b/);
  if (constant !== undefined) {
    const wanted: unknown = JSON.parse(constant.slice('IS'.length).trim().toLowerCase());
    return inOneStep((document) => select(document).some((value) => value === wanted));
  }
  const comparison = readComparison(scanner, onRegex);
  if (!comparison) throw scanner.unexpected("an operator, 'IS' or 'NOT EXISTS'");
  // An array, object or boolean is not compared at all, nor is what is not there.
  return function* (document) {
    for (const value of select(document).flatMap(comparable)) if (yield* comparison(value)) return true;
    return false;
  };
}

function comparable(node: unknown): Value[] {
  if (typeof node === 'string') return [{ text: node }];
  return typeof node === 'number' ? [{ text: String(node), number: node }] : [];
}

/** The object that a message is; undefined for any other. */
export function parseDocument(message: string): unknown {
  if (!/^\s*\{/.test(message)) return undefined;
  try {
    return parseJsonWithin(message, SHORT_LIMITS);
  } catch {
    return undefined;
  }
}
