import { sampleOf } from 'serverless-loop/tests';
import { expect, test } from 'vitest';
import { EXTENSIONS, runIn, wholeCopy } from './whole-copy.ts';

/** Of what is quick and speaks of the template and the order. All of them: tests/tools/extended.test.ts. */
const SAMPLE = sampleOf(['tests/unit/app', 'tests/unit/project', 'tests/unit/docs'], 1);

const ALL: typeof EXTENSIONS = {
  'all of it': (folder) => {
    for (const extend of Object.values(EXTENSIONS)) extend(folder);
  },
};

test.each(sampleOf(Object.entries({ ...ALL, ...EXTENSIONS }), 1))(
  'the project’s own tests stay green with what docs/extend.md says of: %s',
  { timeout: 180_000 },
  async (_heading, extend) => {
    const folder = wholeCopy();
    extend(folder);
    const said = await runIn(folder, ['npx', 'vitest', 'run', '--reporter=dot', '--project=unit', ...SAMPLE]);
    expect(said).toMatch(/Tests .*\d passed/);
    expect(said).not.toMatch(/\d failed/);
  },
);
