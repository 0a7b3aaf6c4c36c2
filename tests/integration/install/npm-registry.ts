import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'install-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The archive of a package whose bin/node is the shell script `script`. */
export function packageOf(name: string, script: string): { archive: Buffer; integrity: string } {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'package/bin'), { recursive: true });
  writeFileSync(path.join(folder, 'package/package.json'), JSON.stringify({ name, version: '24.1.0' }));
  writeFileSync(path.join(folder, 'package/LICENSE'), 'as you like');
  writeFileSync(path.join(folder, 'package/bin/node'), script);
  chmodSync(path.join(folder, 'package/bin/node'), 0o755);
  execFileSync('tar', ['-czf', 'package.tgz', 'package'], { cwd: folder });
  const archive = readFileSync(path.join(folder, 'package.tgz'));
  return { archive, integrity: `sha512-${createHash('sha512').update(archive).digest('base64')}` };
}

/** A registry on this machine with one package, as npm asks for it; it says of the archive what is true. */
export async function registryOf(
  name: string,
  { archive, integrity }: { archive: Buffer; integrity: string },
) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const { port } = JSON.parse(JSON.stringify(server.address()));
    if (request.url === `/${name}.tgz`) return response.end(archive);
    if (request.url !== `/${name}`) return response.writeHead(404).end('{}');
    const dist = { integrity, tarball: `http://127.0.0.1:${port}/${name}.tgz` };
    response.end(
      JSON.stringify({
        name,
        'dist-tags': { latest: '24.1.0' },
        versions: { '24.1.0': { name, version: '24.1.0', dist } },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const { port } = JSON.parse(JSON.stringify(server.address()));
  return { asked, url: `http://127.0.0.1:${port}/` };
}
