import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const CONSOLE = path.resolve(import.meta.dirname, '../../../console');
const SOURCES = globSync('**/*.{ts,tsx}', { cwd: CONSOLE }).map((file) => ({
  file,
  text: readFileSync(path.join(CONSOLE, file), 'utf8'),
}));

test('there are sources to judge', () => {
  expect(SOURCES.length).toBeGreaterThan(50);
});

test('no file of the page is longer than 200 lines', () => {
  expect(SOURCES.filter(({ text }) => text.split('\n').length > 200).map(({ file }) => file)).toEqual([]);
});

test('Preact is imported by one file, and drawn by nothing that takes text for markup', () => {
  const importing = SOURCES.filter(({ text }) => /from 'preact/.test(text)).map(({ file }) => file);
  expect(importing).toEqual(['preact.ts']);
  const unsafe = /dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(/;
  expect(SOURCES.filter(({ text }) => unsafe.test(text)).map(({ file }) => file)).toEqual([]);
});

test('state knows no browser', () => {
  const state = SOURCES.filter(({ file }) => file.startsWith('state'));
  const browser =
    /\b(document|window|localStorage|sessionStorage|location|navigator|fetch)[.(]|from '\.\.\/(app|parts|views)/;
  expect(state.filter(({ text }) => browser.test(text)).map(({ file }) => file)).toEqual([]);
});

test('no source names another host', () => {
  const hosts = SOURCES.flatMap(({ text }) => text.match(/https?:\/\/[\w.-]+/g) ?? []);
  expect(hosts).toEqual([]);
});
