import { readComparison, textValue } from './comparison.ts';
import { inOneStep, type MessageTest, readExpression, type Test } from './expression.ts';
import { type Field, fieldsOf } from './fields.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { regexQuota } from './regex-quota.ts';
import { Scanner } from './scanner.ts';

interface NamedColumn {
  /** Absent: any field may be there. */
  name?: string;
  test: Test<string>;
}

type Column = 'ellipsis' | NamedColumn;

/**
 * `[ip, user, ..., status = 4* && status != 404, bytes > 1000]` (CloudWatch Logs guide, "Using filter patterns to match
 * terms in space-delimited log events"). Throws InvalidPatternError.
 */
export function spaceDelimitedPattern(text: string): MessageTest {
  const columns = readColumns(new Scanner(text.slice(1, -1)));
  const gap = columns.indexOf('ellipsis');
  const head = testsOf(columns.slice(0, gap < 0 ? undefined : gap));
  const tail = gap < 0 ? [] : testsOf(columns.slice(gap + 1));
  return function* (message) {
    const fields = yield* fieldsOf(message);
    if (fields.length < head.length + tail.length) return false;
    const texts = gap < 0 ? withRest(fields, head.length, message) : fields.map((field) => field.text);
    return (yield* allMatch(head, texts)) && (yield* allMatch(tail, texts.slice(texts.length - tail.length)));
  };
}

/** The fields of a message under the names that a pattern gives them, `$ip`, or their places, `$1`. Throws InvalidPatternError. */
export function spaceDelimitedFields(
  text: string,
): (message: string) => Generator<undefined, Record<string, string>> {
  const columns = readColumns(new Scanner(text.slice(1, -1)));
  const gap = columns.indexOf('ellipsis');
  return function* (message) {
    const fields = yield* fieldsOf(message);
    const texts = gap < 0 ? withRest(fields, columns.length, message) : fields.map((field) => field.text);
    const columnAt = (at: number) =>
      gap < 0 || at < gap ? columns[at] : columns[Math.max(gap, columns.length - (texts.length - at))];
    return Object.fromEntries(
      texts.map((field, at) => {
        const column = columnAt(at);
        return [`$${(column !== 'ellipsis' && column?.name) || at + 1}`, field];
      }),
    );
  };
}

function* allMatch(columns: Test<string>[], texts: string[]): Generator<undefined, boolean> {
  for (const [at, test] of columns.entries()) if (!(yield* test(texts[at] ?? ''))) return false;
  return true;
}

/** Without an ellipsis the last column takes all that is left: `[w1=ERROR, w2]` matches a line of any length. */
function withRest(fields: Field[], count: number, message: string): string[] {
  const texts = fields.slice(0, count).map((field) => field.text);
  if (fields.length > count) texts[count - 1] = message.slice(fields[count - 1]?.at).trimEnd();
  return texts;
}

function readColumns(scanner: Scanner): Column[] {
  const countRegex = regexQuota();
  const columns: Column[] = [];
  do columns.push(readColumn(scanner, countRegex));
  while (scanner.takeText(','));
  if (!scanner.atEnd()) throw scanner.unexpected("',' or the end");
  if (columns.indexOf('ellipsis') !== columns.lastIndexOf('ellipsis'))
    throw new InvalidPatternError('A filter pattern has at most one ellipsis');
  return columns;
}

function readColumn(scanner: Scanner, onRegex: () => void): Column {
  if (scanner.takeText('...')) return 'ellipsis';
  let name: string | undefined;
  const test = readExpression<string>(scanner, () => {
    // A column without a name stands for any field.
    name = scanner.take(/[A-Za-z_][\w-]*/) ?? name;
    const comparison = readComparison(scanner, onRegex);
    return comparison ? (text) => comparison(textValue(text)) : inOneStep(() => true);
  });
  return { test, ...(name !== undefined && { name }) };
}

function testsOf(columns: readonly Column[]): Test<string>[] {
  return columns.flatMap((column) => (column === 'ellipsis' ? [] : [column.test]));
}
