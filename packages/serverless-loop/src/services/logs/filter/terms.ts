import { InvalidPatternError, invalidTerm } from './invalid-pattern-error.ts';
import type { MessageTest } from './pattern.ts';
import { compileRegex, REGEX } from './regex.ts';
import { regexQuota } from './regex-quota.ts';
import { QUOTED, unquote } from './scanner.ts';
import { isSoOfAll, isSoOfAny, not } from './verdict.ts';

interface Term {
  role: 'included' | 'optional' | 'excluded';
  isIn: MessageTest;
}

const TERM = new RegExp(`([?-]?)(${QUOTED.source}|${REGEX.source}|[^\\s"%]+)`, 'y');

/**
 * `ERROR "a phrase" -excluded`, or `?one ?another` (CloudWatch Logs guide, "Using filter patterns to match terms in
 * unstructured log events"). A term is found within words too. Throws InvalidPatternError.
 */
export function termsPattern(text: string): MessageTest {
  const terms = readTerms(text);
  const optional = terms.filter(({ role }) => role === 'optional');
  // Beside others, those with a question mark are ignored.
  if (optional.length === terms.length)
    return (message) => terms.length === 0 || isSoOfAny(optional, ({ isIn }) => isIn(message));
  const wanted = terms
    .filter(({ role }) => role !== 'optional')
    .map(({ role, isIn }) => (role === 'excluded' ? not(isIn) : isIn));
  return (message) => isSoOfAll(wanted, (isIn) => isIn(message));
}

function readTerms(text: string): Term[] {
  const countRegex = regexQuota();
  const terms: Term[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    TERM.lastIndex = 0;
    const [found, mark = '', term = ''] = TERM.exec(rest) ?? [];
    if (found === undefined) throw new InvalidPatternError(`Unclosed quotes or regex in '${rest}'`);
    const after = rest.slice(found.length);
    if (after !== '' && !/^\s/.test(after)) throw invalidTerm(rest.split(/\s/, 1)[0] ?? rest);
    terms.push({ role: roleOf(mark), isIn: search(term, found, countRegex) });
    rest = after.trimStart();
  }
  return terms;
}

function roleOf(mark: string): Term['role'] {
  if (mark === '?') return 'optional';
  return mark === '-' ? 'excluded' : 'included';
}

function search(term: string, whole: string, onRegex: () => void): MessageTest {
  if (term.startsWith('%')) {
    onRegex();
    return compileRegex(term);
  }
  if (!term.startsWith('"')) {
    if (!/^\w+$/.test(term)) throw invalidTerm(whole);
    return (message) => message.includes(term);
  }
  const phrase = unquote(term);
  if (phrase === '') throw invalidTerm(whole);
  // Quotation marks around nothing but space match everything.
  return phrase.trim() === '' ? () => true : (message) => message.includes(phrase);
}
