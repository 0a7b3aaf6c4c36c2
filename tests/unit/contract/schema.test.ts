import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { runsOf } from 'serverless-loop/tests';
import { describe, expect, test } from 'vitest';
import {
  DETAIL_TYPE,
  type OrderCreated,
  parseOrderCreated,
  SCHEMA_VERSION,
  SOURCE,
} from '../../../src/orders/order-created.ts';
import { ROOT } from '../app/template.ts';
import { documentsOf, nearMissesOf, spoiledDocumentsOf } from './documents.ts';
import { accepts, readSchema } from './json-schema.ts';

const FILE = `schemas/order-created.v${SCHEMA_VERSION}.json`;
const schema = readSchema(FILE);
const examples = schema.type === 'object' ? (schema.examples ?? []) : [];

/** Fields that no schema names, some of them unpleasant. */
const unknownFields = fc.dictionary(
  fc.string().filter((name) => !nameOfOurs(name)),
  fc.jsonValue(),
);

function parsed(detail: unknown): OrderCreated | undefined {
  try {
    return parseOrderCreated({ source: SOURCE, 'detail-type': DETAIL_TYPE, detail });
  } catch {
    return undefined;
  }
}

describe(`${FILE} and the rule in src/orders/order-created.ts are the same contract:`, () => {
  test('what the schema accepts can be read, whatever other fields it has', () => {
    fc.assert(
      fc.property(documentsOf(schema), unknownFields, (document, more) => {
        const detail = { ...more, ...Object(document) };
        expect(accepts(schema, detail)).toBe(true);
        expect(parsed(detail)).toBe(detail);
      }),
    );
  });

  test('they agree on every document that was spoiled', () => {
    const verdicts = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(spoiledDocumentsOf(schema), (document) => {
        const isAccepted = accepts(schema, document);
        verdicts[isAccepted ? 'accepted' : 'refused'] += 1;
        expect(parsed(document) !== undefined, 'does the rule accept what the schema does?').toBe(isAccepted);
      }),
      { numRuns: runsOf(3_000) },
    );
    expect(verdicts.accepted).toBeGreaterThan(runsOf(50));
    expect(verdicts.refused).toBeGreaterThan(runsOf(1_000));
  });

  test.each(examples)('they agree on everything near example %#', (example) => {
    const judged = nearMissesOf(example).map((document) => ({
      document,
      schema: accepts(schema, document),
      rule: parsed(document) !== undefined,
    }));
    expect(judged.filter(({ schema, rule }) => schema !== rule)).toEqual([]);
    expect(judged.filter(({ schema }) => schema).length).toBeGreaterThan(10);
  });

  test('they agree on every JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => accepts(schema, value) === (parsed(value) !== undefined)),
    );
  });
});

test.each(['title', '$id', '$schema', 'examples'])('the schema has a %s', (name) => {
  const written: Record<string, unknown> = JSON.parse(readFileSync(path.join(ROOT, FILE), 'utf8'));
  expect(written[name]).toBeDefined();
});

test('every example of the schema is one', () => {
  expect(examples.length).toBeGreaterThan(0);
  expect(examples.filter((example) => !accepts(schema, example))).toEqual([]);
});

function nameOfOurs(name: string): boolean {
  return name === '__proto__' || (schema.type === 'object' && name in schema.properties);
}
