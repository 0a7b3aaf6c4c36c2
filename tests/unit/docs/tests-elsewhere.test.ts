import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { pageOf, ROOT } from './pages.ts';

/** The files that CONTRIBUTING.md names as moved to the matrix; `…` stands for the folder of the one before. */
function movedFiles(): string[] {
  const [, table = ''] = pageOf('CONTRIBUTING.md').split('| Moved from `npm test` to the matrix |');
  let folder = '';
  return [...(table.split('\n\n')[0] ?? '').matchAll(/`([^`]+\/[^`]+\.test\.ts)`/g)].map(([, name = '']) => {
    if (!name.startsWith('…')) folder = path.dirname(name);
    return path.join(folder, path.basename(name));
  });
}

test('tests that CONTRIBUTING.md says have moved to the matrix ask for it', () => {
  expect(movedFiles().length).toBeGreaterThan(20);
  const others = movedFiles().filter(
    (file) => !/\b(?:onlyInMatrix|sampleOf)\(/.test(readFileSync(path.join(ROOT, file), 'utf8')),
  );
  expect(others).toEqual([]);
});

test('the projects that CONTRIBUTING.md names are those of npm test', () => {
  const [, section = ''] = pageOf('CONTRIBUTING.md').split('## Which tests run where');
  const named = [...section.matchAll(/^\| (?:`npm test`)? ?\| `(\w+)`:/gm)].map(([, name]) => name);
  const config = readFileSync(path.join(ROOT, 'vitest.config.ts'), 'utf8');
  const declared = [...config.matchAll(/name: '(\w+)'/g)].map(([, name]) => name);
  expect(named).toEqual(declared);
});
