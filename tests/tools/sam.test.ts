import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findTool } from './tool.ts';

const sam = await findTool('sam');
const cfnLint = await findTool('cfn-lint');
const buildDir = mkdtempSync(path.join(tmpdir(), 'sam-build-'));
afterAll(() => rmSync(buildDir, { recursive: true, force: true }));

describe.runIf(sam.expected)('the SAM CLI', () => {
  test('finds the template valid, and its linter has nothing to say', async () => {
    const { stdout } = await sam.run(['validate', '--lint']);
    expect(stdout).toContain('is a valid SAM Template');
  });

  test('builds a bundle of each function with its source map', async () => {
    await sam.run(['build', '--build-dir', buildDir]);
    for (const name of ['OrderCreatorFunction', 'OrderProcessorFunction']) {
      const bundle = path.join(buildDir, name, 'handler.js');
      expect(existsSync(bundle), bundle).toBe(true);
      expect(readFileSync(bundle, 'utf8')).toContain('sourceMappingURL=handler.js.map');
    }
  });
});

test.runIf(cfnLint.expected)('cfn-lint has nothing to say against the template', async () => {
  const { stdout } = await cfnLint.run(['template.yaml']);
  expect(stdout).toBe('');
});
