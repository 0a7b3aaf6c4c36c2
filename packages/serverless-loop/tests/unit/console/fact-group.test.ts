import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { FACT_GROUPS, groupOf } from '../../../src/console/fact-group.ts';
import { factKinds } from '../../fact-kinds.ts';

const PACKAGE = path.resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(path.join(PACKAGE, file), 'utf8');
const KINDS = factKinds();

/** These happen to the loop, its code and its template: none of them comes a thousand times a second. */
const OF_THE_SYSTEM = [
  'aws',
  'build',
  'code',
  'debugger',
  'fault',
  'packages',
  'sdk',
  'stack',
  'template',
  'time',
];

test('each kind of fact has a group of its own kind, but for those of the system', () => {
  const firstWords = KINDS.filter((kind) => groupOf(kind) === 'system').map((kind) => kind.split('.')[0]);
  expect(
    [...new Set(firstWords)].toSorted(),
    'a kind of fact begins with a word that has no group yet: give it one in src/console/fact-group.ts',
  ).toEqual(OF_THE_SYSTEM);
});

test('no group is without a kind, and the page of the API names each', () => {
  expect(new Set(KINDS.map(groupOf))).toEqual(new Set(FACT_GROUPS));
  const page = read('docs/console-api.md');
  expect(FACT_GROUPS.filter((group) => !page.includes(`\`${group}\``))).toEqual([]);
});
