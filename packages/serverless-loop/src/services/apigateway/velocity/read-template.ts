import {
  type Cursor,
  expect,
  readExpression,
  readReference,
  skipSpace,
  taken,
  unreadable,
} from './read-expression.ts';
import type { Block, Expression, Part } from './syntax.ts';

/** A directive, alone on its line or within one: what a line of its own has around it is no text. */
const DIRECTIVE = /#(?:\{)?(set|if|elseif|else|end|foreach|break|stop)\b\}?/y;

/** Directives that end a block. */
type End = 'else' | 'elseif' | 'end' | undefined;

/** Reads a template (Velocity's user guide). Throws TemplateError. */
export function readTemplate(text: string): Block {
  const cursor = { text, at: 0 };
  const { block, end } = readBlock(cursor);
  if (end !== undefined) throw unreadable(cursor);
  return block;
}

function readBlock(cursor: Cursor): { block: Block; end: End } {
  const parts: Part[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') parts.push({ kind: 'text', text: plain });
    plain = '';
  };
  while (cursor.at < cursor.text.length) {
    const sign = cursor.text[cursor.at];
    const comment = sign === '#' ? taken(cursor, /##[^\n]*\n?|#\*[\s\S]*?\*#/y) : undefined;
    if (comment !== undefined) continue;
    const directive = sign === '#' ? directiveAt(cursor) : undefined;
    if (directive) {
      const isAlone = /(?:^|\n)[ \t]*$/.test(plain) || (plain === '' && isAtLineStart(cursor, directive));
      const isEnd = directive === 'end' || directive.startsWith('else');
      const { part, tookLine } = isEnd
        ? { part: undefined, tookLine: false }
        : readDirective(cursor, directive);
      const isLine = tookLine || (isAlone && directive !== 'elseif' && tookRestOfLine(cursor));
      if (isAlone && isLine) plain = plain.replace(/[ \t]*$/, '');
      flush();
      if (!part) return { block: parts, end: endOf(directive) };
      parts.push(part);
      continue;
    }
    const reference = sign === '$' ? readReference(cursor, readText) : undefined;
    if (reference) {
      flush();
      parts.push({ kind: 'reference', reference });
      continue;
    }
    // `\$name` and `\#if` are text.
    const escaped = sign === '\\' ? taken(cursor, /\\(?=[$#][A-Za-z!{])/y) : undefined;
    plain += cursor.text[cursor.at] ?? '';
    cursor.at += 1;
    if (escaped === undefined) continue;
  }
  flush();
  return { block: parts, end: undefined };
}

function directiveAt(cursor: Cursor): string | undefined {
  const [, name] = /#\{?(\w+)/.exec(taken(cursor, DIRECTIVE) ?? '') ?? [];
  return name;
}

/** The directive was read already. */
function isAtLineStart({ text, at }: Cursor, directive: string): boolean {
  const before = text.slice(0, at).replace(new RegExp(`#\\{?${directive}\\}?$`), '');
  return /(?:^|\n)[ \t]*$/.test(before);
}

function endOf(directive: string): End {
  return directive === 'else' || directive === 'elseif' ? directive : 'end';
}

interface ReadPart {
  part: Part;
  /** The line of its head ends behind it, and was read. */
  tookLine: boolean;
}

function readDirective(cursor: Cursor, directive: string): ReadPart {
  switch (directive) {
    case 'set':
      return { part: readSet(cursor), tookLine: false };
    case 'if':
      return readIf(cursor);
    case 'foreach':
      return readForeach(cursor);
    case 'break':
      return { part: { kind: 'break' }, tookLine: false };
    default:
      return { part: { kind: 'stop' }, tookLine: false };
  }
}

function tookRestOfLine(cursor: Cursor): boolean {
  return taken(cursor, /[ \t]*(?:\r?\n|$)/y) !== undefined;
}

function readSet(cursor: Cursor): Part {
  expect(cursor, '(');
  skipSpace(cursor);
  const target = readReference(cursor, readText);
  if (!target) throw unreadable(cursor);
  expect(cursor, '=');
  const value = readExpression(cursor, readText);
  expect(cursor, ')');
  return { kind: 'set', target, value };
}

function readIf(cursor: Cursor): ReadPart {
  const branches: { condition: Expression; body: Block }[] = [];
  let tookLine: boolean | undefined;
  for (;;) {
    expect(cursor, '(');
    const condition = readExpression(cursor, readText);
    expect(cursor, ')');
    const tookThis = tookRestOfLine(cursor);
    tookLine ??= tookThis;
    const { block, end } = readBlock(cursor);
    branches.push({ condition, body: block });
    if (end === 'elseif') continue;
    if (end === 'end') return { part: { kind: 'if', branches, otherwise: [] }, tookLine };
    if (end === undefined) throw unreadable(cursor);
    const last = readBlock(cursor);
    if (last.end !== 'end') throw unreadable(cursor);
    return { part: { kind: 'if', branches, otherwise: last.block }, tookLine };
  }
}

function readForeach(cursor: Cursor): ReadPart {
  expect(cursor, '(');
  skipSpace(cursor);
  const each = readReference(cursor, readText);
  skipSpace(cursor);
  if (!each || taken(cursor, /in\b/y) === undefined) throw unreadable(cursor);
  const list = readExpression(cursor, readText);
  expect(cursor, ')');
  const tookLine = tookRestOfLine(cursor);
  const { block, end } = readBlock(cursor);
  if (end !== 'end') throw unreadable(cursor);
  return { part: { kind: 'foreach', name: each.name, list, body: block }, tookLine };
}

/** A text in double quotes has references and directives of its own. */
function readText(text: string): Expression {
  return /[$#]/.test(text) ? { kind: 'text', block: readTemplate(text) } : { kind: 'value', value: text };
}
