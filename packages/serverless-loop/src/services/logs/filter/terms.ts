import { allOf, anyOf, inOneStep, type MessageTest, not } from './expression.ts';
import { InvalidPatternError, invalidTerm } from './invalid-pattern-error.ts';
import { compileRegex, REGEX } from './regex.ts';
import { regexQuota } from './regex-quota.ts';
import { QUOTED, unquote } from './scanner.ts';

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
  const testsOf = (wanted: Term['role']) =>
    terms.filter(({ role }) => role === wanted).map(({ isIn }) => isIn);
  const optional = testsOf('optional');
  // Beside others, those with a question mark are ignored.
  if (terms.length > 0 && optional.length === terms.length) return anyOf(optional);
  return allOf([...testsOf('included'), ...testsOf('excluded').map(not)]);
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
    return inOneStep((message) => message.includes(term));
  }
  const phrase = unquote(term);
  if (phrase === '') throw invalidTerm(whole);
  // Quotation marks around nothing but space match everything.
  return inOneStep((message) => phrase.trim() === '' || message.includes(phrase));
}
