import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { functionModel } from '../../unit/lambda/function-model.ts';
import { isAlive, testFolder, testLambda } from './test-lambda.ts';

/** Stands for the machine's Python 3.12: makes a folder as the module venv does, and then this when it is to install. */
function pythonWhere(pip: string): void {
  const python = `#!/bin/sh
case "$*" in
  *sys.version_info*) echo 3.12 ;;
  *venv*) for folder; do :; done; mkdir -p "$folder/bin"; cp "$0" "$folder/bin/python" ;;
  *pip*) ${pip} ;;
esac
`;
  const folder = testFolder({ 'python3.12': python });
  chmodSync(path.join(folder, 'python3.12'), 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  onTestFinished(() => void vi.unstubAllEnvs());
}

function pythonFunction(files: Record<string, string> = {}) {
  const codeUri = testFolder({ 'app.py': 'def handler(event, context): return 1', ...files });
  return functionModel({ runtime: 'python3.12', handler: 'app.handler', code: { kind: 'folder', codeUri } });
}

describe("AWS's client for Python", () => {
  it('is installed the first time, which a line says before', async () => {
    pythonWhere('exit 0');
    const lambda = await testLambda([pythonFunction()]);
    const [installing] = await lambda.facts.until('sdk.installing');
    expect(installing).toMatchObject({ functionName: 'packer', name: 'awslambdaric and boto3' });
    expect(await lambda.facts.until('sdk.installed')).toHaveLength(1);
  });

  it('leaves nothing of itself when the loop ends meanwhile, nor a process', async () => {
    const mark = path.join(testFolder(), 'pid');
    pythonWhere(`sleep 60 & echo $! > '${mark}.new'; mv '${mark}.new' '${mark}'; wait`);
    const cacheDir = testFolder();
    const lambda = await testLambda([pythonFunction()], { cacheDir });
    lambda.ready().catch(() => {});
    await expect.poll(() => existsSync(mark)).toBe(true);
    await lambda.stop();
    expect(readdirSync(cacheDir).filter((name) => name.startsWith('python'))).toEqual([]);
    await expect.poll(() => isAlive(Number(readFileSync(mark, 'utf8')))).toBe(false);
  });

  it('that can not be installed is named with what to type, and leaves no half', async () => {
    pythonWhere('echo no network >&2; exit 1');
    const cacheDir = testFolder();
    const lambda = await testLambda([pythonFunction()], { cacheDir });
    await expect(lambda.ready()).rejects.toThrow(
      /^Packer: AWS's runtime client for Python could not be installed: python3\.12 -m venv --clear \S+ && \S+ -m pip install /,
    );
    expect(readdirSync(cacheDir).filter((name) => name.startsWith('python'))).toEqual([]);
  });
});

// AWS SAM guide, "Building applications": sam build installs what requirements.txt names.
it('packages of requirements.txt that are nowhere are named with what to type', async () => {
  pythonWhere('exit 0');
  const requirements =
    '# ours\nrequests>=2\nPyYAML==6.0 ; python_version > "3"\n-r more.txt\nboto3\nown_module\nin-layer[extra]\n';
  const layer = testFolder({ 'python/in_layer-1.0.dist-info/METADATA': '' });
  const fn = {
    ...pythonFunction({
      'requirements.txt': requirements,
      'PyYAML-6.0.2.dist-info/METADATA': '',
      'own_module/__init__.py': '',
    }),
    layers: [{ folder: layer, at: '' }],
  };
  const lambda = await testLambda([fn]);
  const [missing] = await lambda.facts.until('packages.missing');
  expect(missing).toMatchObject({
    names: ['requests'],
    manifest: 'requirements.txt',
    command: expect.stringMatching(/^pip install --requirement \S+\/requirements\.txt --target \S+$/),
  });
});
