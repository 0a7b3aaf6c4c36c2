import { expect, test } from 'vitest';
import { EXTENSIONS, runIn, wholeCopy } from '../integration/extend/whole-copy.ts';

/** Tests of `npm test` that are about the shipped template or read the project; the others bring templates of their own. */
const ABOUT_THE_PROJECT = [
  ...['app', 'contract', 'docs', 'project', 'scripts'].map((folder) => `unit/${folder}/`),
  'e2e/',
  ...['app', 'operations', 'pages', 'scale', 'scripts'].map((folder) => `integration/${folder}/`),
  ...['cloudwatch/order-system', 'loop/personal-data', 'otlp/loop', 'xray/order-trace'].map(
    (file) => `integration/${file}`,
  ),
].map((name) => `tests/${name}`);

// Here because it takes minutes; within npm test is a sample of it (tests/integration/extend/).
test('the tests of the project are green with all that docs/extend.md adds', {
  timeout: 1_800_000,
}, async () => {
  const folder = wholeCopy({ copiesPackages: true });
  for (const extend of Object.values(EXTENSIONS)) extend(folder);
  await runIn(folder, ['npm', 'run', 'typecheck']);
  await runIn(folder, ['npm', 'run', 'lint']);
  const said = await runIn(folder, ['npx', 'vitest', 'run', '--reporter=dot', ...ABOUT_THE_PROJECT]);
  expect(said).toMatch(/Tests .*\d passed/);
});
