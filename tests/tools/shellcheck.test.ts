import { globSync } from 'node:fs';
import { findTool } from 'serverless-loop/tests';
import { expect, test } from 'vitest';

const shellcheck = await findTool('shellcheck');

test.runIf(shellcheck.expected)(
  'shellcheck has nothing to say against the shell files, taken for POSIX sh',
  async () => {
    const files = ['deploy-and-test.sh', 'deploy-and-test-cd.sh', ...globSync('scripts/**/*.sh')];
    expect(files.length).toBeGreaterThan(2);
    const { stdout } = await shellcheck.run(['--shell=sh', '--external-sources', ...files]);
    expect(stdout).toBe('');
  },
);
