import { parseJsonWithin, SHORT_LIMITS } from '../../../aws/json-limits.ts';
import { isObject } from '../../../aws/json-object.ts';

/** The request or the answer that a mapping template is about. */
export interface TemplateData {
  body: string;
  /** Of path, query and headers: by name, in that order. */
  params(name: string): string | undefined;
  requestId: string;
}

/** A template that does more than the loop can: directives, variables, other functions of Velocity. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

const REFERENCE = /\$(?:input|util|context)\b/g;

/**
 * Fills a mapping template that only refers to its data (API Gateway guide, "Mapping template transformations for REST APIs"):
 * `$input.json('$.a')`, `$input.path('$.a')`, `$input.body`, `$input.params('a')`, `$context.requestId`,
 * `$util.escapeJavaScript(…)`, `$util.urlEncode(…)`, `$util.base64Encode(…)` and `.replaceAll('a','b')` behind them. Throws
 * TemplateError for any other.
 */
export function filledTemplate(template: string, data: TemplateData): string {
  if (/#\w|\$!?\{|\$(?!input\b|util\b|context\b)[A-Za-z]/.test(withoutPaths(template)))
    throw new TemplateError('mapping templates with directives or variables are not emulated');
  let filled = '';
  let at = 0;
  for (const { index } of template.matchAll(REFERENCE)) {
    if (index < at) continue;
    const read = readReference(template, index, data);
    filled += template.slice(at, index) + asText(read.value);
    at = read.end;
  }
  return filled + template.slice(at);
}

/** JSON paths in quotes have dollars of their own. */
function withoutPaths(template: string): string {
  return template.replaceAll(/'\$[^']*'|"\$\.[^"]*"/g, "''");
}

interface ReadValue {
  value: unknown;
  end: number;
}

function readReference(text: string, from: number, data: TemplateData): ReadValue {
  const head = /\$(?:input|util|context)\.\w+/y;
  head.lastIndex = from;
  const [name = ''] = head.exec(text) ?? [];
  let end = from + name.length;
  const given = text[end] === '(' ? readArguments(text, end, data) : undefined;
  if (given) end = given.end;
  let value = referred(name, given?.values ?? [], data);
  for (;;) {
    const method = /\.replaceAll(?=\()/y;
    method.lastIndex = end;
    const [replaceAll] = method.exec(text) ?? [];
    if (replaceAll === undefined) return { value, end };
    const { values, end: after } = readArguments(text, end + replaceAll.length, data);
    const [from_ = '', to = ''] = values.map(asText);
    value = asText(value).replaceAll(unescaped(from_), unescaped(to));
    end = after;
  }
}

function readArguments(text: string, open: number, data: TemplateData): { values: unknown[]; end: number } {
  const values: unknown[] = [];
  let at = open + 1;
  for (;;) {
    while (/[\s,]/.test(text[at] ?? '')) at += 1;
    const sign = text[at];
    if (sign === ')') return { values, end: at + 1 };
    if (sign === '$') {
      const read = readReference(text, at, data);
      values.push(read.value);
      at = read.end;
    } else if (sign === "'" || sign === '"') {
      const close = text.indexOf(sign, at + 1);
      if (close < 0) throw new TemplateError('a text of the mapping template has no end');
      values.push(text.slice(at + 1, close));
      at = close + 1;
    } else throw new TemplateError('the mapping template has an argument that is not emulated');
  }
}

function referred(name: string, given: readonly unknown[], data: TemplateData): unknown {
  const [first] = given;
  switch (name) {
    case '$input.body':
      return data.body;
    case '$input.json':
      return JSON.stringify(found(data.body, asText(first))) ?? '';
    case '$input.path':
      return found(data.body, asText(first));
    case '$input.params':
      return data.params(asText(first)) ?? '';
    case '$context.requestId':
      return data.requestId;
    case '$util.escapeJavaScript':
      return asText(first).replaceAll(/[\\"'/\n\r\t]/g, (sign) => ESCAPED[sign] ?? `\\${sign}`);
    case '$util.urlEncode':
      return encodeURIComponent(asText(first));
    case '$util.base64Encode':
      return Buffer.from(asText(first)).toString('base64');
    default:
      throw new TemplateError(`${name} of a mapping template is not emulated`);
  }
}

const ESCAPED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The value at `$`, `$.a.b` or `$.a[0]` of a body; one without a body is an empty object. */
function found(body: string, path: string): unknown {
  const root: unknown = body.trim() === '' ? {} : parseJsonWithin(body, SHORT_LIMITS);
  return [...path.matchAll(/\.(\w+)|\[(\d+)\]|\['([^']+)'\]/g)].reduce((value, [, name, index, quoted]) => {
    if (index !== undefined) return Array.isArray(value) ? value[Number(index)] : undefined;
    return isObject(value) ? value[name ?? quoted ?? ''] : undefined;
  }, root);
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}

function unescaped(text: string): string {
  return text.replaceAll('\\\\', '\\');
}
