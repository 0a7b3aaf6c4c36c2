import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

export const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '../../../..');
const PACKAGE = 'packages/serverless-loop';

/** A folder with these files and the package of the loop, installed from what `npm pack` makes of it. */
export async function projectWithPackage(files: Record<string, string>): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'packed-'));
  const tarball = await packedIn(path.join(folder, 'checkout'));
  const project = path.join(folder, 'project');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(project, name)), { recursive: true });
    writeFileSync(path.join(project, name), text);
  }
  // CI has npm's registry; elsewhere the packages that this repository has serve.
  if (process.env.REQUIRE_TOOLS === '1') await installFromRegistry(project, tarball);
  else await installFromHere(project, tarball);
  return project;
}

/** Packs a copy of the package, since packing builds. */
async function packedIn(checkout: string): Promise<string> {
  const { stdout } = await run(
    'git',
    ['ls-files', '-z', '-co', '--exclude-standard', PACKAGE, 'tsconfig.json'],
    {
      cwd: ROOT,
      maxBuffer: 2 ** 24,
    },
  );
  for (const file of stdout.split('\0').filter((name) => name && existsSync(path.join(ROOT, name)))) {
    mkdirSync(path.dirname(path.join(checkout, file)), { recursive: true });
    cpSync(path.join(ROOT, file), path.join(checkout, file));
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(checkout, 'node_modules'));
  const cwd = path.join(checkout, PACKAGE);
  const PATH = `${path.join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`;
  await run('npm', ['pack', '--pack-destination', checkout], { cwd, env: { ...process.env, PATH } });
  const [tarball = ''] = readdirSync(checkout).filter((name) => name.endsWith('.tgz'));
  return path.join(checkout, tarball);
}

async function installFromRegistry(cwd: string, tarball: string): Promise<void> {
  const { version } = await import('typescript');
  const wanted = [tarball, `typescript@${version}`, '@types/node@24'];
  await run('npm', ['install', '--no-audit', '--no-fund', ...wanted], { cwd });
}

async function installFromHere(project: string, tarball: string): Promise<void> {
  const own = path.join(project, 'node_modules');
  const theirs = path.join(ROOT, 'node_modules');
  mkdirSync(path.join(own, 'serverless-loop'), { recursive: true });
  await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', path.join(own, 'serverless-loop')]);
  for (const name of readdirSync(theirs).filter((each) => each !== 'serverless-loop' && each !== '.bin'))
    symlinkSync(path.join(theirs, name), path.join(own, name));
  mkdirSync(path.join(own, '.bin'));
  symlinkSync('../serverless-loop/bin/serverless-loop.mjs', path.join(own, '.bin/serverless-loop'));
  symlinkSync(path.join(theirs, '.bin/tsc'), path.join(own, '.bin/tsc'));
}
