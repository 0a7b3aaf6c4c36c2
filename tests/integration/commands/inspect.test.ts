import path from 'node:path';
import { runCommand, runInProcess } from 'serverless-loop/tests';
import { expect, test } from 'vitest';

const app = (name: string) => path.resolve('packages/serverless-loop/tests/apps', name);

test('inspect prints what is missing by logical id, line and reason, and exits with 1', async () => {
  const { status, stdout } = await runCommand(['inspect'], { cwd: app('imported-value') });
  expect(status).toBe(1);
  expect(stdout).toContain(
    "unavailable   Needy, line 16: Environment: the export shared-vpc-id can't be known here: no other stack runs here; give it with --import shared-vpc-id=value",
  );
});

test('for machines it is one JSON object; with the value given nothing is missing, and it exits with 0', async () => {
  const args = ['inspect', '--json', '--import', 'shared-vpc-id=vpc-1'];
  const { status, stdout } = await runInProcess([...args, '-t', `${app('imported-value')}/template.yaml`]);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    kind: 'stack',
    name: 'local',
    resources: [
      { logicalId: 'Whole', status: 'emulated' },
      { logicalId: 'WholeRole', status: 'emulated' },
      { logicalId: 'Needy', status: 'emulated' },
      { logicalId: 'NeedyRole', status: 'emulated' },
    ],
  });
});

test('a strict start refuses what an inspection calls missing', async () => {
  const template = `${app('imported-value')}/template.yaml`;
  const { status, stderr } = await runInProcess(['start', '--strict', '--port', '0', '-t', template]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/template\.yaml:16: Needy: unavailable: Environment: the export shared-vpc-id/);
});
