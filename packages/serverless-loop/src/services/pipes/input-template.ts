import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { compilePath } from '../../aws/json-path.ts';
import { parsedJson } from '../../aws/parsed-json.ts';

/** Values that a template may name besides the event (Pipes guide, "Input transformation"). */
export interface TemplateContext {
  pipeArn: string;
  pipeName: string;
  sourceArn: string;
  enrichmentArn: string;
  targetArn: string;
  /** ISO 8601. */
  ingestionTime: string;
}

/** One placeholder, e.g. `<$.body.id>` or `<aws.pipes.pipe-name>`. */
const PLACEHOLDER = /<(?<name>\$[^<>]*|aws\.pipes\.[\w.-]+)>/g;

/**
 * An event as a template makes it; without one it is the event as JSON. A text's placeholder in quotes is its content, and one
 * without quotes its JSON.
 */
export function eventText(template: string | undefined, event: JsonObject, context: TemplateContext): string {
  if (template === undefined || template === '') return JSON.stringify(event);
  const parsed = withParsedData(event);
  return template.replaceAll(PLACEHOLDER, (_whole, name: string, at: number) => {
    const value = namedValue(name, event, parsed, context);
    if (isInQuotes(template, at)) return inText(value);
    return JSON.stringify(value ?? null);
  });
}

/** Finds a value of an event by a path, where the text is one; else the text. For parameters of targets. */
export function dynamicText(text: string, event: JsonObject): string {
  if (!text.startsWith('$.')) return text;
  const found = compilePath(text)?.(withParsedData(event));
  return typeof found === 'string' ? found : found === undefined ? '' : JSON.stringify(found);
}

function namedValue(name: string, event: JsonObject, parsed: JsonObject, context: TemplateContext): unknown {
  switch (name) {
    case 'aws.pipes.pipe-arn':
      return context.pipeArn;
    case 'aws.pipes.pipe-name':
      return context.pipeName;
    case 'aws.pipes.source-arn':
      return context.sourceArn;
    case 'aws.pipes.enrichment-arn':
      return context.enrichmentArn;
    case 'aws.pipes.target-arn':
      return context.targetArn;
    case 'aws.pipes.event.ingestion-time':
      return context.ingestionTime;
    case 'aws.pipes.event.json':
      return event;
    case 'aws.pipes.event':
      return JSON.stringify(event);
    default:
      return compilePath(name)?.(parsed);
  }
}

/** JSON that an event has as text, in `body` or as Base64 in `data`, is looked into (Pipes guide, "Implicit body data parsing"). */
function withParsedData(event: JsonObject): JsonObject {
  const { body, data } = event;
  return {
    ...event,
    ...(typeof body === 'string' && { body: parsedOr(body, body) }),
    ...(typeof data === 'string' && { data: decodedOr(data) }),
  };
}

function parsedOr(text: string, otherwise: string): unknown {
  const value = parsedJson(text);
  return isObject(value) || Array.isArray(value) ? value : otherwise;
}

function decodedOr(data: string): unknown {
  return parsedOr(Buffer.from(data, 'base64').toString(), data);
}

/** Counts the quotes before a place that no backslash is before. */
function isInQuotes(template: string, at: number): boolean {
  const before = template.slice(0, at).replaceAll(/\\./g, '');
  return before.split('"').length % 2 === 0;
}

/** The text between quotes; what is no text stands there as JSON. */
function inText(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}
