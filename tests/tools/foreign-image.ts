import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findTool, type Tool } from 'serverless-loop/tests';

/** An ELF header that says AArch64, with nothing behind it: no engine on x86_64 runs it, and no arm64 one either. */
const ARM64_PROGRAM = Buffer.alloc(64);
ARM64_PROGRAM.write('\x7fELF\x02\x01\x01', 'latin1');
ARM64_PROGRAM.writeUInt16LE(2, 16); // ET_EXEC
ARM64_PROGRAM.writeUInt16LE(183, 18); // EM_AARCH64
ARM64_PROGRAM.writeUInt32LE(1, 20);

/** Makes an image whose shell is a program for arm64. */
export async function makeArm64Image(docker: Tool, image: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'arm64-'));
  const root = path.join(folder, 'root');
  const archive = path.join(folder, 'root.tar');
  try {
    mkdirSync(path.join(root, 'bin'), { recursive: true });
    writeFileSync(path.join(root, 'bin/sh'), ARM64_PROGRAM, { mode: 0o755 });
    const tar = await findTool('tar');
    await tar.run(['-C', root, '-cf', archive, '.']);
    await docker.run(['import', archive, image]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Removes an image, and what an unfinished build on top of it has left. */
export async function removeWithBuilds(docker: Tool, image: string): Promise<void> {
  const leftOver = async (field: string) => {
    const { stdout } = await docker.run(['ps', '--all', '--filter', `ancestor=${image}`, '--format', field]);
    return stdout.split('\n').filter((line) => line !== '');
  };
  const [containers, layers] = [await leftOver('{{.ID}}'), await leftOver('{{.Image}}')];
  if (containers.length > 0) await docker.run(['rm', ...containers]);
  await docker.run(['image', 'rm', '--force', image, ...layers]);
}
