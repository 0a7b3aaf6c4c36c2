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
