import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const buildDir = mkdtempSync(path.join(tmpdir(), 'sam-build-'));
const required = process.env.REQUIRE_TOOLS === '1';
const found = await run('sam', ['--version']).then(
  () => true,
  () => false,
);

beforeAll(() => {
  if (required && !found) throw new Error('REQUIRE_TOOLS=1, and there is no sam on the PATH');
});
afterAll(() => rmSync(buildDir, { recursive: true, force: true }));

/** SAM without the shell's AWS settings, which would change what it does. */
function sam(...args: string[]) {
  const { PATH, HOME } = process.env;
  return run('sam', args, { env: { PATH, HOME, SAM_CLI_TELEMETRY: '0', AWS_DEFAULT_REGION: 'us-east-1' } });
}

describe.skipIf(!found && !required)('the real SAM CLI', () => {
  test('sam validate --lint has nothing to say against the template', async () => {
    const { stdout } = await sam('validate', '--lint');
    expect(stdout).toContain('is a valid SAM Template');
  });

  test('cfn-lint has nothing to say against the template', async () => {
    const { stdout } = await run('cfn-lint', ['template.yaml']);
    expect(stdout).toBe('');
  });

  test('sam build makes a bundle of each function with its source map', async () => {
    await sam('build', '--build-dir', buildDir);
    for (const name of ['OrderCreatorFunction', 'OrderProcessorFunction']) {
      const bundle = path.join(buildDir, name, 'handler.js');
      expect(existsSync(bundle), bundle).toBe(true);
      expect(readFileSync(bundle, 'utf8')).toContain('sourceMappingURL=handler.js.map');
    }
  });
});
