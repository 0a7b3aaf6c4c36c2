import { parseJsonWithin, SHORT_LIMITS } from '../../../aws/json-limits.ts';
import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { asText } from '../velocity/as-text.ts';
import { type Functions, fillTemplate } from '../velocity/fill.ts';
import { readTemplate } from '../velocity/read-template.ts';

/** The request or the answer that a mapping template is about. */
export interface TemplateData {
  body: string;
  /** Of the request, which is what an answer's template asks for, too. */
  parameters: Record<'path' | 'querystring' | 'header', Readonly<Record<string, string>>>;
  context: Readonly<JsonObject>;
  stageVariables: Readonly<Record<string, string>>;
}

export interface Filled {
  text: string;
  /** `$context.responseOverride`, as the template sets it. */
  override: { status?: number; headers: Record<string, string> };
}

/**
 * Fills a mapping template, in Velocity's language with API Gateway's variables and functions (API Gateway guide, "Mapping template
 * transformations for REST APIs", "Variables for data transformations for API Gateway"). Throws TemplateError for what can't be
 * read, JsonError for a body that is no JSON and is asked for as such.
 */
export function filledTemplate(template: string, data: TemplateData): Filled {
  // "$context.responseOverride.status", "$context.responseOverride.header.header_name" (the same guide).
  const override: JsonObject = { header: {} };
  const context: JsonObject = { ...data.context, responseOverride: override };
  const values = new Map<string, unknown>([
    ['context', context],
    ['input', { body: data.body }],
    ['stageVariables', { ...data.stageVariables }],
    ['util', {}],
  ]);
  const text = fillTemplate(readTemplate(template), {
    values,
    functions: { input: inputOf(data), util: UTIL },
  });
  const status = Number(override.status);
  const headers = isObject(override.header) ? Object.entries(override.header) : [];
  return {
    text,
    override: {
      ...(Number.isInteger(status) && status >= 100 && status <= 599 && { status }),
      headers: Object.fromEntries(headers.map(([name, value]) => [name, asText(value)])),
    },
  };
}

function inputOf({ body, parameters }: TemplateData): Functions {
  const { path, querystring, header } = parameters;
  return {
    json: ([at]) => JSON.stringify(found(body, asText(at))) ?? '',
    path: ([at]) => found(body, asText(at)),
    // "… from the path, query string, or header (searched in that order)".
    params(given) {
      const name = asText(given[0]);
      if (given.length === 0)
        return { path: { ...path }, querystring: { ...querystring }, header: { ...header } };
      return own(path, name) ?? own(querystring, name) ?? headerNamed(header, name) ?? '';
    },
  };
}

function own(values: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function headerNamed(header: Readonly<Record<string, string>>, name: string): string | undefined {
  const key = name.toLowerCase();
  return Object.entries(header).find(([each]) => each.toLowerCase() === key)?.[1];
}

const UTIL: Functions = {
  escapeJavaScript: ([text]) =>
    asText(text).replaceAll(/[\\"'/\n\r\t\b\f]/g, (sign) => ESCAPED[sign] ?? `\\${sign}`),
  parseJson: ([text]) => parseJsonWithin(asText(text), SHORT_LIMITS),
  urlEncode: ([text]) => encodeURIComponent(asText(text)).replaceAll('%20', '+'),
  urlDecode: ([text]) => decodeURIComponent(asText(text).replaceAll('+', ' ')),
  base64Encode: ([text]) => Buffer.from(asText(text)).toString('base64'),
  base64Decode: ([text]) => Buffer.from(asText(text), 'base64').toString(),
};

const ESCAPED: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** The value at `$`, `$.a.b` or `$.a[0]` of a body; one without a body is an empty object. */
function found(body: string, path: string): unknown {
  const root: unknown = body.trim() === '' ? {} : parseJsonWithin(body, SHORT_LIMITS);
  return [...path.matchAll(/\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]|\["([^"]+)"\]/g)].reduce(
    (value, [, name, index, single, double]) => {
      if (index !== undefined) return Array.isArray(value) ? value[Number(index)] : undefined;
      const member = name ?? single ?? double ?? '';
      return isObject(value) && Object.hasOwn(value, member) ? value[member] : undefined;
    },
    root,
  );
}
