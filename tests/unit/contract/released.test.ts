import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { SCHEMA_VERSION } from '../../../src/orders/order-created.ts';
import { ROOT } from '../app/template.ts';
import { changesOf } from './changes.ts';
import { readSchema } from './json-schema.ts';

const RELEASED = globSync('schemas/released/*.json', { cwd: ROOT });

const HOW_TO_GO_ON = `A consumer of the last release would break.
Leave this version as it was released, and make the change in a new one ("A new version" in docs/events.md):
1. git checkout the file in schemas/; copy it to the next number, order-created.v2.json;
2. make the change in the copy, with the new number in its $id, title and schemaVersion;
3. in src/orders/order-created.ts let consumers read both versions, and deploy them first;
4. then set SCHEMA_VERSION, which is what the creator publishes.`;

describe('a consumer of the last release', () => {
  test.each(RELEASED)('of %s finds all that it was promised', (released) => {
    const current = path.join('schemas', path.basename(released));
    expect(existsSync(path.join(ROOT, current)), `${current} is there`).toBe(true);
    expect(changesOf(readSchema(released), readSchema(current)), HOW_TO_GO_ON).toEqual([]);
  });
});

test('what the creator publishes has a schema, and the versions before it have kept theirs', () => {
  const versions = globSync('schemas/*.json', { cwd: ROOT }).map((file) => path.basename(file));
  const expected = Array.from(
    { length: Number(SCHEMA_VERSION) },
    (_, index) => `order-created.v${index + 1}.json`,
  );
  expect(versions.toSorted()).toEqual(expect.arrayContaining(expected));
});

test('the page that a refusal names is there', () => {
  expect(readFileSync(path.join(ROOT, 'docs/events.md'), 'utf8')).toMatch(/^### A new version$/m);
});
