import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { ROOT } from '../app/template.ts';

/** The part of JSON Schema 2020-12 that the schemas of this project keep to: what is not here is refused. */
export type Schema = ObjectSchema | TextSchema | WholeNumberSchema;

export interface ObjectSchema {
  type: 'object';
  required: string[];
  properties: Record<string, Schema>;
  examples?: unknown[];
}

export interface TextSchema {
  type: 'string';
  enum?: string[];
  pattern?: string;
  format?: 'date-time';
  minLength?: number;
  maxLength?: number;
}

export interface WholeNumberSchema {
  type: 'integer';
  minimum: number;
  maximum: number;
}

const schema: v.GenericSchema<unknown, Schema> = v.lazy(() => v.variant('type', [object, text, wholeNumber]));

const object = v.strictObject({
  type: v.literal('object'),
  required: v.array(v.string()),
  properties: v.record(v.string(), schema),
  $schema: v.exactOptional(v.literal('https://json-schema.org/draft/2020-12/schema')),
  $id: v.exactOptional(v.string()),
  title: v.exactOptional(v.string()),
  description: v.string(),
  examples: v.exactOptional(v.array(v.unknown())),
});

const text = v.strictObject({
  type: v.literal('string'),
  enum: v.exactOptional(v.array(v.string())),
  pattern: v.exactOptional(v.string()),
  format: v.exactOptional(v.literal('date-time')),
  minLength: v.exactOptional(v.number()),
  maxLength: v.exactOptional(v.number()),
  description: v.string(),
});

const wholeNumber = v.strictObject({
  type: v.literal('integer'),
  minimum: v.number(),
  maximum: v.number(),
  description: v.string(),
});

/** Reads a schema of the project. Throws where it says what `accepts` does not know, and where a description is missing. */
export function readSchema(file: string): Schema {
  return v.parse(schema, JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')));
}

/** Is the document as the schema says? Written from the specification, not from the rule that it is to judge. */
export function accepts(schema: Schema, document: unknown): boolean {
  if (schema.type === 'string') return typeof document === 'string' && acceptsText(schema, document);
  if (schema.type === 'integer') {
    const isWhole = typeof document === 'number' && Number.isInteger(document);
    return isWhole && document >= schema.minimum && document <= schema.maximum;
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return false;
  const fields = new Map<string, unknown>(Object.entries(document));
  return (
    schema.required.every((name) => fields.has(name)) &&
    Object.entries(schema.properties).every(
      ([name, property]) => !fields.has(name) || accepts(property, fields.get(name)),
    )
  );
}

function acceptsText(schema: TextSchema, text: string): boolean {
  const length = [...text].length;
  return (
    (schema.enum === undefined || schema.enum.includes(text)) &&
    (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(text)) &&
    (schema.format === undefined || isDateTime(text)) &&
    length >= (schema.minLength ?? 0) &&
    length <= (schema.maxLength ?? Number.POSITIVE_INFINITY)
  );
}

/** RFC 3339, section 5.6, leap seconds included. */
function isDateTime(text: string): boolean {
  const parts =
    /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/.exec(
      text,
    );
  const [year = 0, month = 0, day = 0] = (parts?.slice(1, 4) ?? []).map(Number);
  return day >= 1 && day <= daysIn(month, year);
}

function daysIn(month: number, year: number): number {
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}
