import type { Trace } from '../trace/trace.ts';
import { readComparison } from './comparison.ts';
import { BOOLEAN_KEYWORDS, NUMBER_KEYWORDS, STRING_KEYWORDS } from './keywords.ts';
import { readEdge, readId, readService } from './services.ts';
import { allOf, ofTrace, type Predicate } from './subject.ts';
import { TokenReader } from './token-reader.ts';

/** Parentheses and braces deeper than this are no question that a person asks. */
const DEEPEST = 100;

/**
 * Reads a filter expression (X-Ray guide, "Using filter expressions").
 * @param accountId of every service in the traces
 * @throws AwsError InvalidRequestException that says where it is wrong
 */
export function parseFilter(expression: string, accountId: string): (trace: Trace) => boolean {
  const reader = new TokenReader(expression);
  let depth = 0;

  /** Parts in a row are joined by AND, said or not. */
  function readAll(): Predicate {
    depth += 1;
    if (depth > DEEPEST) throw reader.unexpected(`no more than ${DEEPEST} levels`);
    const alternatives = [readConjunction()];
    while (reader.takeIf('OR', '||')) alternatives.push(readConjunction());
    depth -= 1;
    return (subject) => alternatives.some((holds) => holds(subject));
  }

  function readConjunction(): Predicate {
    const parts = [readPart()];
    while (reader.takeIf('AND', '&&') || startsPart()) parts.push(readPart());
    return (subject) => parts.every((holds) => holds(subject));
  }

  function startsPart(): boolean {
    const token = reader.peek();
    if (token?.kind === 'word') return token.text.toUpperCase() !== 'OR';
    return token?.kind === 'symbol' && (token.text === '!' || token.text === '(');
  }

  function readPart(): Predicate {
    let isNegated = false;
    while (reader.takeIf('!', 'NOT')) isNegated = !isNegated;
    const holds = readPositive();
    return isNegated ? (subject) => !holds(subject) : holds;
  }

  function readPositive(): Predicate {
    if (reader.takeIf('(')) {
      const inner = readAll();
      reader.expect(')');
      return inner;
    }
    const token = reader.peek();
    if (token?.kind !== 'word') throw reader.unexpected('a keyword');
    const keyword = token.text.toLowerCase();
    if (/^annotation($|\.)/.test(keyword)) return readAnnotation(token.text);
    if (!isKnown(keyword)) throw reader.unexpected('a keyword of X-Ray filter expressions');
    reader.take();
    if (keyword === 'service') return readService(reader, accountId, readAll);
    if (keyword === 'edge') return readEdge(reader, accountId, readAll);
    if (keyword === 'id') return readId(reader, accountId);
    return readSimple(keyword);
  }

  /** A boolean may stand alone; a number or a text needs something to compare it with. */
  function readSimple(keyword: string): Predicate {
    const isTrue = BOOLEAN_KEYWORDS[keyword];
    if (isTrue) {
      const compare = readComparison(reader, 'boolean');
      return compare ? (subject) => compare(isTrue(subject)) : isTrue;
    }
    const number = NUMBER_KEYWORDS[keyword];
    const compare = readComparison(reader, number ? 'number' : 'string');
    if (!compare) throw reader.unexpected(`an operator after ${keyword}`);
    const values = number ? undefined : STRING_KEYWORDS[keyword];
    return (subject) =>
      [...(number ? [number(subject)] : []), ...(values ? values(subject) : [])].some(
        (value) => value !== undefined && compare(value),
      );
  }

  /** `annotation.key` or `annotation[key]`, whose key may be in quotes. Alone: there is one, and it isn't false. */
  function readAnnotation(word: string): Predicate {
    reader.take();
    const key = word.slice('annotation.'.length) || readBracketed();
    const compare = readComparison(reader, 'any') ?? ((value) => value !== false);
    return (subject) =>
      allOf(subject).some(({ annotations }) =>
        annotations.some(([name, value]) => name === key && compare(value)),
      );
  }

  function readBracketed(): string {
    const token = reader.peek();
    if (token?.kind !== 'key') throw reader.unexpected('the key of an annotation, as in annotation[key]');
    reader.take();
    return token.text;
  }

  if (reader.peek() === undefined) return () => true;
  const holds = readAll();
  if (reader.peek() !== undefined) throw reader.unexpected('AND, OR or the end');
  return (trace) => holds(ofTrace(trace));
}

function isKnown(keyword: string): boolean {
  return (
    ['service', 'edge', 'id'].includes(keyword) ||
    [BOOLEAN_KEYWORDS, NUMBER_KEYWORDS, STRING_KEYWORDS].some((known) => Object.hasOwn(known, keyword))
  );
}
