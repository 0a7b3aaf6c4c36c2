import { expect, test } from 'vitest';
import { EXTENSIONS, runIn, wholeCopy } from '../integration/extend/whole-copy.ts';

// Here because it takes as long as npm test itself; within that one, a sample of it (tests/integration/extend/).
test('npm test is green with all that docs/extend.md adds', { timeout: 1_800_000 }, async () => {
  const folder = wholeCopy({ copiesPackages: true });
  for (const extend of Object.values(EXTENSIONS)) extend(folder);
  const said = await runIn(folder, ['npm', 'test', '--', '--reporter=dot']);
  expect(said).toMatch(/Tests .*\d passed/);
});
