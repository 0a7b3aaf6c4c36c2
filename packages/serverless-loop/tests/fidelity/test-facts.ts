import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The loop's likeness to AWS in one point, as a test's name says it. */
export interface TestFact {
  status: 'exact' | 'near' | 'absent';
  /** The test's name, without the word that tells its status. */
  name: string;
  /** The page of AWS, or the record of its answers, that the test cites. */
  source?: string;
  /** Below tests/, e.g. `unit/sqs`. */
  folder: string;
  /** The test's file, in words: `dead letter`. */
  about: string;
}

const TESTS = path.join(import.meta.dirname, '..');
const BEGIN = /^(\s*)(?:it|test)(?:\.\w+)*\(/;
const NAME = /(['"`])((?:\\.|(?!\1).)*)\1/;
/** A comment that names where the right value is from. */
const CITED =
  /\b(guide|reference|quotas|documentation)\b.*["“]|snapshot\.json|\btest_\w+|\bTest[A-Z]\w+|docs\.aws\.amazon\.com/i;

/** Tests that cite AWS, and those whose names begin with "near:" or "absent:". */
export function testFacts(): TestFact[] {
  return globSync('**/*.test.ts', { cwd: TESTS })
    .sort()
    .flatMap((file) => factsOf(readFileSync(path.join(TESTS, file), 'utf8').split('\n'), file));
}

function factsOf(lines: readonly string[], file: string): TestFact[] {
  const folder = path.dirname(file);
  const about = path
    .basename(file)
    .replace(/(\.property)?\.test\.ts$/, '')
    .replaceAll('-', ' ');
  const before: Before = {};
  const begins = lines.flatMap((line, index) => (BEGIN.test(line) ? [index] : []));
  return begins.flatMap((begin, index): TestFact[] => {
    const next = begins[index + 1];
    const end = Math.min(next === undefined ? lines.length : topOf(lines, next), nextBlock(lines, begin));
    const name = nameAt(lines, begin, end);
    if (name === undefined) return [];
    const [, word, rest = name] = /^(near|absent): (.*)$/.exec(name) ?? [];
    const cited = sourceIn(lines.slice(topOf(lines, begin), end)) ?? sourceAround(lines, begin);
    const source = cited && wholeSource(cited, before);
    before.file = FILE.exec(source ?? '')?.[0] ?? before.file;
    before.page = PAGE.exec(source ?? '')?.[0] ?? before.page;
    const within = describesAround(lines, begin);
    const status = word === 'near' || word === 'absent' ? word : 'exact';
    if (status === 'exact' && source === undefined) return [];
    return [
      {
        status,
        name: [...within, rest].join(' '),
        folder,
        about,
        ...(source === undefined ? {} : { source }),
      },
    ];
  });
}

/** Gives the citation above the block that the test stands in. */
function sourceAround(lines: readonly string[], begin: number): string | undefined {
  const indent = BEGIN.exec(lines[begin] ?? '')?.[1]?.length ?? 0;
  if (indent === 0) return undefined;
  for (let at = begin - 1; at >= 0; at -= 1)
    if (/^describe\b/.test(lines[at] ?? '')) return sourceIn(lines.slice(topOf(lines, at), at));
  return undefined;
}

/** The last file of records, and the last page, that a file of tests has cited. */
interface Before {
  file?: string | undefined;
  page?: string | undefined;
}

const FILE = /^.*?[\w./-]+\.(?:snapshot\.json|py)/;
const PAGE = /^https:[^\s:,]+|^[^"“:]*["“][^"”]*["”]/;
const SAME = /^The same (page|file|record|guide)(?:'s)?,? ?/;

/** Tests cite "the same page" as the one before them; each line of the page is read by itself. */
function wholeSource(source: string, { file, page }: Before): string {
  const [, word] = SAME.exec(source) ?? [];
  const named = word === 'page' || word === 'guide' ? (page ?? file) : (file ?? page);
  if (word === undefined || named === undefined) return source;
  return source.replace(SAME, `${named}, `).replace(/, $/, '');
}

/** The line at which the next block of tests begins, its comment with it. */
function nextBlock(lines: readonly string[], begin: number): number {
  const at = lines.findIndex((line, index) => index > begin && /^\s*describe\b/.test(line));
  return at < 0 ? lines.length : topOf(lines, at);
}

/** The names of the blocks that the test stands in. */
function describesAround(lines: readonly string[], begin: number): string[] {
  const names: string[] = [];
  let indent = BEGIN.exec(lines[begin] ?? '')?.[1]?.length ?? 0;
  for (let at = begin - 1; at >= 0 && indent > 0; at -= 1) {
    const [, spaces = ''] = /^(\s*)describe(?:\.\w+)*\(/.exec(lines[at] ?? '') ?? [];
    if (!/^\s*describe\b/.test(lines[at] ?? '') || spaces.length >= indent) continue;
    indent = spaces.length;
    const text = NAME.exec(lines[at] ?? '');
    if (text?.[2] !== undefined) names.unshift(readable(text[2]));
  }
  return names;
}

/** Biome puts the name behind the opening parenthesis; of a table of cases, behind the bracket that ends the table. */
function nameAt(lines: readonly string[], begin: number, end: number): string | undefined {
  const first = lines[begin] ?? '';
  const indent = BEGIN.exec(first)?.[1] ?? '';
  const isTable = /\.each\b/.test(first);
  const closes = new RegExp(
    `^${indent}(?:\\S.*)?\\)\\($|^${indent}\\S*\\]\\)\\(|^${indent}(?:it|test)\\.each\\([^[]*\\)\\(`,
  );
  for (let at = begin; at < end; at += 1) {
    const line = lines[at] ?? '';
    if (isTable && !closes.test(line)) continue;
    const text =
      NAME.exec(isTable ? line.slice(line.lastIndexOf(')(')) : line) ?? NAME.exec(lines[at + 1] ?? '');
    return text?.[2] === undefined ? undefined : readable(text[2]);
  }
  return undefined;
}

function readable(name: string): string {
  return name
    .replace(/\\(.)/g, '$1')
    .replace(/%[sdjiofp#$]|\$\w+(\.\w+)*/g, '…')
    .replace(/\s+/g, ' ');
}

/** The line in which the comment above a test begins. */
function topOf(lines: readonly string[], begin: number): number {
  let top = begin;
  while (/^\s*(\/\/|\*|\/\*)/.test(lines[top - 1] ?? '')) top -= 1;
  return top;
}

/** The first comment that cites. */
function sourceIn(lines: readonly string[]): string | undefined {
  const comments = lines.join('\n').match(/(?:^[ \t]*\/\/.*\n?)+|\/\*\*[\s\S]*?\*\//gm) ?? [];
  const cited = comments.map(textOf).find((comment) => CITED.test(comment));
  return cited?.replace(/\.$/, '');
}

function textOf(comment: string): string {
  return comment
    .replace(/\/\*\*|\*\/|^\s*(\/\/|\*)/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}
