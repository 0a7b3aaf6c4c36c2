import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Problems } from '../../../src/template/problems.ts';
import { scalar } from '../../../src/template/yaml/node.ts';
import { parseYaml, rememberedYaml } from '../../../src/template/yaml/read-yaml.ts';

const SOURCE = readFileSync('template.yaml', 'utf8');

function memory() {
  const folder = mkdtempSync(path.join(tmpdir(), 'remembered-yaml-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const read = (source: string, problems = new Problems('template.yaml')) =>
    rememberedYaml('template.yaml', folder)(source, problems);
  const files = () => readdirSync(folder).map((name) => path.join(folder, name));
  return { read, files };
}

test('a text is read the same from memory as by the parser', () => {
  const { read, files } = memory();
  const parsed = parseYaml(SOURCE, new Problems('template.yaml'));
  expect(read(SOURCE)).toEqual(parsed);
  expect(files()).toHaveLength(1);
  expect(read(SOURCE)).toEqual(parsed);
});

test('long numbers keep their digits in memory', () => {
  const { read, files } = memory();
  const text = 'a: [12345678901234567890, 0.12345678901234567890, 1e400, 5]';
  const parsed = parseYaml(text, new Problems('template.yaml'));
  expect(read(text)).toEqual(parsed);
  expect(files()).toHaveLength(1);
  expect(read(text)).toEqual(parsed);
});

test('a text that was read before is not parsed again', () => {
  const { read, files } = memory();
  read(SOURCE);
  const [file = ''] = files();
  const { key } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ key, root: scalar(1, 'from memory') }));
  expect(read(SOURCE)).toEqual(scalar(1, 'from memory'));
});

test('another text takes the place of the one before', () => {
  const { read, files } = memory();
  read('a: 1');
  expect(read('a: 2')).toMatchObject({ entries: new Map([['a', { value: 2 }]]) });
  expect(read('a: 1')).toMatchObject({ entries: new Map([['a', { value: 1 }]]) });
  expect(files()).toHaveLength(1);
});

test.each(['', '{"key":', 'null', '{"key":"other"}'])('a memory that holds %j is no memory', (text) => {
  const { read, files } = memory();
  read('a: 1');
  writeFileSync(files()[0] ?? '', text);
  expect(read('a: 1')).toMatchObject({ entries: new Map([['a', { value: 1 }]]) });
});

test('a text of which something is to be told is not remembered', () => {
  const { read, files } = memory();
  for (const _ of [1, 2]) {
    const problems = new Problems('template.yaml');
    read('a: !Nothing 1', problems);
    read('a: 1\na: 2', problems);
    expect(() => problems.throwIfAny()).toThrow('unknown tag !Nothing');
    expect(problems.notes()).toHaveLength(1);
  }
  expect(files()).toEqual([]);
});
