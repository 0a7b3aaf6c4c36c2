import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** The files of the project that the scripts read, beside the loop's package, which they don't change. */
const COPIED = [
  ...['deploy-and-test.sh', 'deploy-and-test-cd.sh', 'scripts', 'package.json', 'package-lock.json'],
  ...['samconfig.toml', 'template.yaml', 'tsconfig.json', 'src'],
];

/**
 * A copy of the checkout in which nothing takes long: the scripts and the loop are the real ones, the tools that they
 * call are small ones that fail as `FAKE` says (fake-tool.mjs); SAM may be the real one, which is then at `sam`. Where a test
 * ends before a command of the project runs, neither packages nor sources need to be there (`isBare`).
 */
export function fakeCheckout(options: { sam?: string; isBare?: boolean } = {}) {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'deploy-and-test-checkout-')));
  const copied = COPIED.filter((name) => !options.isBare || name !== 'src');
  for (const name of copied) cpSync(path.join(ROOT, name), path.join(root, name), { recursive: true });

  symlinkSync(path.join(ROOT, 'packages'), path.join(root, 'packages'));

  const modules = path.join(root, 'node_modules');
  mkdirSync(path.join(modules, '.bin'), { recursive: true });
  for (const name of options.isBare ? [] : readdirSync(path.join(ROOT, 'node_modules')))
    if (!name.startsWith('.')) symlinkSync(path.join(ROOT, 'node_modules', name), path.join(modules, name));
  symlinkSync(process.execPath, path.join(modules, '.bin/node'));
  symlinkSync(path.join(ROOT, 'node_modules/esbuild/bin/esbuild'), path.join(modules, '.bin/esbuild'));
  const installed = path.join(modules, '.package-lock.json');
  writeFileSync(installed, '{}');

  const [bin, binWithoutSam] = ['bin', 'bin-without-sam'].map((name) => folderOfTools(path.join(root, name)));
  if (options.sam) symlinkSync(options.sam, path.join(root, 'bin/sam'));
  else fakeTool(path.join(root, 'bin/sam'));
  for (const name of ['tsc', 'vitest']) fakeTool(path.join(modules, '.bin', name));

  return {
    root,
    bin: bin ?? '',
    binWithoutSam: binWithoutSam ?? '',
    /** Takes one file or folder of it away. */
    remove: (file: string) => rmSync(path.join(root, file), { recursive: true }),
    /** Takes all of it away. */
    dispose: () => rmSync(root, { recursive: true, force: true }),
    write(file: string, text: string) {
      rmSync(path.join(root, file), { force: true });
      writeFileSync(path.join(root, file), text);
      chmodSync(path.join(root, file), 0o755);
    },
    /** As a git pull leaves a lock file that has changed. */
    touchLock() {
      const later = new Date(Date.now() + 60_000);
      utimesSync(path.join(root, 'package-lock.json'), later, later);
    },
  };
}

export type FakeCheckout = ReturnType<typeof fakeCheckout>;

/** The programs of the system that the shell files may use. */
const SYSTEM = {
  node: process.execPath,
  dirname: '/usr/bin/dirname',
  find: '/usr/bin/find',
  env: '/usr/bin/env',
};

function folderOfTools(folder: string): string {
  mkdirSync(folder);
  for (const [name, target] of Object.entries(SYSTEM)) symlinkSync(target, path.join(folder, name));
  fakeTool(path.join(folder, 'npm'));
  return folder;
}

/** The scripts run tsc and vitest by Node, and sam and npm by themselves. */
function fakeTool(file: string): void {
  const script = path.join(import.meta.dirname, 'fake-tool.mjs');
  writeFileSync(
    file,
    `#!${process.execPath}\nprocess.env.FAKE_NAME = '${path.basename(file)}';\nawait import('${script}');\n`,
  );
  chmodSync(file, 0o755);
}
