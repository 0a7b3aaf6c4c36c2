import fc from 'fast-check';
import { placesIn, replacedAt, type Steps, withoutFieldAt } from '../app/json-path.ts';
import { accepts, type Schema, type TextSchema } from './json-schema.ts';

/** Documents that a schema accepts. */
export function documentsOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.type === 'integer') return fc.integer({ min: schema.minimum, max: schema.maximum });
  if (schema.type === 'string') return textsOf(schema).filter((text) => accepts(schema, text));
  const fields: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(
    Object.entries(schema.properties).map(([name, property]) => [name, documentsOf(property)]),
  );
  return fc.record(fields, { requiredKeys: schema.required });
}

/** A document with one place taken away or replaced, in every way that is known to be near the edge of a schema. */
export function nearMissesOf(document: unknown): unknown[] {
  return placesIn(document).flatMap((steps) => [
    withoutFieldAt(document, steps),
    ...NEAR_MISSES.map((value) => replacedAt(document, steps, value)),
  ]);
}

/** Documents with one place taken away, replaced by anything, or changed by a character. Some are still right. */
export function spoiledDocumentsOf(schema: Schema): fc.Arbitrary<unknown> {
  return documentsOf(schema).chain((document) =>
    fc.constantFrom(...placesIn(document)).chain((steps) => {
      const replacement = fc.oneof(fc.jsonValue(), changed(valueAt(document, steps)));
      return fc.oneof(
        { arbitrary: fc.constant(withoutFieldAt(document, steps)), weight: 1 },
        { arbitrary: replacement.map((value) => replacedAt(document, steps, value)), weight: 7 },
      );
    }),
  );
}

const NEAR_MISSES = [
  ...[0, 1, 50, 51, 5_000, 5_001, -1, 1.5, 1e300, null, true, [], {}, ['STANDARD'], '', ' ', '1', '2', '1 '],
  ...[
    'standard',
    'STANDARD',
    'STANDARD ',
    'PICKUP',
    'x'.repeat(128),
    'x'.repeat(129),
    'ä',
    'a b',
    'a\n',
    '\ud800',
  ],
  ...['2024-02-29T12:00:00.000Z', '2026-02-29T12:00:00.000Z', '2026-04-31T12:00:00.000Z'],
  ...['0000-02-29T00:00:00.000Z', '1900-02-29T00:00:00.000Z', '2026-13-01T00:00:00.000Z'],
  ...['2026-01-31T24:00:00.000Z', '2016-12-31T23:59:60.000Z', '2026-01-31T12:60:00.000Z'],
  ...['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.0000Z', '2026-01-31', '+002026-01-31T12:00:00.000Z'],
  ...['2026-01-31T12:00:00.000+00:00', '2026-01-31t12:00:00.000z', '2026-01-31 12:00:00.000Z'],
  ...['3748256F-CC3A-5B31-88C6-8490770A2651', '3748256fcc3a5b3188c68490770a2651'],
];

function changed(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value === 'number')
    return fc.constantFrom(-value, value + 0.5, value * 100, `${value}`, [value]);
  if (typeof value !== 'string') return fc.constant(null);
  return fc
    .tuple(fc.nat({ max: value.length }), fc.nat({ max: 1 }), fc.string({ maxLength: 1 }))
    .map(([at, dropped, text]) => value.slice(0, at) + text + value.slice(at + dropped));
}

function textsOf({ enum: words, format, pattern }: TextSchema): fc.Arbitrary<string> {
  if (words !== undefined) return fc.constantFrom(...words);
  if (format === 'date-time') {
    const range = { min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z') };
    return fc.date({ ...range, noInvalidDate: true }).map((time) => time.toISOString());
  }
  return pattern === undefined ? fc.string() : fc.stringMatching(new RegExp(pattern));
}

function valueAt(document: unknown, steps: Steps): unknown {
  return steps.reduce<unknown>((value, step) => Object(value)[step], document);
}
