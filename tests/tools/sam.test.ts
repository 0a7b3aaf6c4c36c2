import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findTool } from 'serverless-loop/tests';
import { type Bundle, bundler, esbuildOptions, loadStack } from 'serverless-loop/tests/parts';
import { afterAll, describe, expect, test } from 'vitest';
import { ROOT } from '../unit/app/template.ts';

const sam = await findTool('sam');
const cfnLint = await findTool('cfn-lint');
const buildDir = mkdtempSync(path.join(tmpdir(), 'sam-build-'));
const loop = bundler(0);
afterAll(() => {
  loop.rest();
  rmSync(buildDir, { recursive: true, force: true });
});

const FUNCTIONS = ['OrderCreatorFunction', 'OrderProcessorFunction'];

/** The loop's bundle of a function of template.yaml, for that folder. */
function bundledByLoop(name: string, outdir: string): Promise<Bundle> {
  const { functions } = loadStack({
    path: path.join(ROOT, 'template.yaml'),
    stackName: 'a-stack',
    place: { partition: 'aws', region: 'us-east-1', accountId: '123456789012' },
    endpoint: 'http://127.0.0.1:1',
  });
  const code = functions.find(({ logicalId }) => logicalId === name)?.code;
  if (code?.kind !== 'esbuild') throw new Error(`${name} is not built by esbuild`);
  const { codeUri, entryPoints, properties } = code;
  return loop.bundle({ codeUri, entryPoints, options: esbuildOptions(properties), outdir });
}

describe.runIf(sam.expected)('the SAM CLI', () => {
  test('finds the template valid, and its linter has nothing to say', async () => {
    const { stdout } = await sam.run(['validate', '--lint']);
    expect(stdout).toContain('is a valid SAM Template');
  });

  test('builds a bundle of each function with its source map', async () => {
    await sam.run(['build', '--build-dir', buildDir]);
    for (const name of FUNCTIONS) {
      const bundle = path.join(buildDir, name, 'handler.js');
      expect(existsSync(bundle), bundle).toBe(true);
      expect(readFileSync(bundle, 'utf8')).toContain('sourceMappingURL=handler.js.map');
    }
  });

  test.each(FUNCTIONS)(
    'builds the very bytes of %s that the loop runs, source map included',
    async (name) => {
      const folder = path.join(buildDir, name);
      const { files } = await bundledByLoop(name, folder);
      expect(files.map((file) => file.path).sort()).toEqual(readdirSync(folder).sort());
      for (const file of files) {
        expect(readFileSync(path.join(folder, file.path)).equals(file.contents), file.path).toBe(true);
      }
    },
  );
});

test.runIf(cfnLint.expected)('cfn-lint has nothing to say against the template', async () => {
  const { stdout } = await cfnLint.run(['template.yaml']);
  expect(stdout).toBe('');
});
