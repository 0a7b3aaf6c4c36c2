import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { expect, onTestFinished, test } from 'vitest';
import { runInProcess } from '../../command-in-process.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { startCommand } from '../../loop-process.ts';

test('an empty loop starts where there is no template, and has no stack', async () => {
  const cwd = projectFolder({ 'readme.txt': 'nothing to see here' });
  const loop = await startCommand(['start', '--port', '0', '--empty'], { cwd });
  onTestFinished(async () => void (await loop.stop()));
  const client = new CloudFormationClient({
    endpoint: loop.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  expect((await client.send(new DescribeStacksCommand({}))).Stacks ?? []).toEqual([]);
});

test.each([['--template', 'template.yaml'], ['--stack-name', 'depot'], ['--strict']])(
  '%s beside --empty is refused in plain words',
  async (...flags) => {
    const { status, stderr } = await runInProcess(['start', '--empty', ...flags]);
    expect(status).toBe(2);
    expect(stderr).toContain(`--empty: starts without a template, so ${flags[0]} has nothing to be about`);
  },
);
