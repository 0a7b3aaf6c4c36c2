import path from 'node:path';
import { startLoop } from 'serverless-loop';
import { expect, test } from 'vitest';
import { sampleOf } from '../../matrix.ts';

const template = path.join(import.meta.dirname, 'template.yaml');

// SAM developer guide, "AWS SAM CLI configuration file" and "sam deploy", --parameter-overrides.
test.each(sampleOf(['list', 'text', 'keys', 'file', 'global'], 2))(
  'parameters come from samconfig.toml: %s',
  async (configEnv) => {
    await using loop = await startLoop({ template, configEnv });
    expect((await loop.invoke('F')).payload).toBe('1 of two words b+c');
  },
);

test('those of a test win', async () => {
  await using loop = await startLoop({ template, configEnv: 'list', parameters: { Two: 'mine' } });
  expect((await loop.invoke('F')).payload).toBe('1 mine b+c');
});
