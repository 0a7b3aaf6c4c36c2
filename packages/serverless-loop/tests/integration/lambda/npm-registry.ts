import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { testFolder } from './test-lambda.ts';

/** A registry on this machine, which npm asks until the test ends: it has packages of one version, 3.1.0, by their index.js. */
export async function npmRegistry(packages: Record<string, string> = {}): Promise<void> {
  const archives = new Map(Object.entries(packages).map(([name, source]) => [name, archiveOf(name, source)]));
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(request.url ?? '').slice(1);
    const name = asked.replace(/\.tgz$/, '');
    const archive = archives.get(name);
    if (!archive) return response.writeHead(404).end('{}');
    if (asked !== name) return response.end(archive);
    const integrity = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
    const dist = { integrity, tarball: `http://${request.headers.host}/${encodeURIComponent(name)}.tgz` };
    response.end(
      JSON.stringify({
        name,
        'dist-tags': { latest: '3.1.0' },
        versions: { '3.1.0': { name, version: '3.1.0', dist } },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    return new Promise<void>((resolve) => void server.close(() => resolve()));
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  vi.stubEnv('npm_config_registry', `http://127.0.0.1:${port}/`);
}

function archiveOf(name: string, source: string): Buffer {
  const folder = testFolder({
    'package/package.json': JSON.stringify({ name, version: '3.1.0' }),
    'package/index.js': source,
  });
  execFileSync('tar', ['-czf', 'package.tgz', 'package'], { cwd: folder });
  return readFileSync(path.join(folder, 'package.tgz'));
}
