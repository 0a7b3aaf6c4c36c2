import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../app/template.ts';

const CONFIGS = globSync('vitest*.config.ts', { cwd: ROOT });
const FILES = globSync('{,packages/*/}tests/**/*.ts', { cwd: ROOT }).filter(
  (file) => path.join(ROOT, file) !== import.meta.filename,
);
const textOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

// Vitest, "vi.waitFor": "timeout: By default, it's 1000ms", which a busy machine takes for anything.
test('a test waits by expect.poll, whose patience the configurations give', () => {
  expect(CONFIGS).toHaveLength(4);
  for (const config of CONFIGS) expect(textOf(config), config).toContain('poll: { timeout: 60_000 }');
  expect(FILES.length).toBeGreaterThan(500);
  expect(FILES.filter((file) => /\bvi\.wait(?:For|Until)\(/.test(textOf(file)))).toEqual([]);
});

test('no poll has less patience than a minute', () => {
  const hasty = /\.poll\([^;]{0,300}\btimeout: (?:\d{1,4}|[1-5]?\d_000)\b/;
  expect(FILES.filter((file) => hasty.test(textOf(file)))).toEqual([]);
});

// "expect.poll() must be called inside a test": a hook that does fails its whole file, and only where its tools are.
test('no hook polls', () => {
  expect(FILES.filter((file) => hooksOf(textOf(file)).includes('.poll('))).toEqual([]);
});

/** The hooks of several lines, each as a text that begins with it and ends where its brackets close. */
function hooksOf(text: string): string {
  const hooks = text.matchAll(/^( *)(?:before|after)(?:All|Each)\(.*\{\n([\s\S]*?)^\1\}/gm);
  return [...hooks].map(([hook]) => hook).join('\n');
}
