import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PROJECT_FOLDER } from '../project-folder.ts';

/** Runs a script of package.json as a person would in another terminal, and gives its exit status and what it shows. */
export async function typed(script: string, args: string[]): Promise<{ status: number; shown: string }> {
  const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
    cwd: PROJECT_FOLDER,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let shown = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      shown += chunk;
    });
  const [status] = await once(child, 'close');
  return { status: typeof status === 'number' ? status : 1, shown };
}
