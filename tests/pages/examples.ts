import { execFile } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { startCommand } from 'serverless-loop/tests';
import { ROOT } from '../unit/docs/pages.ts';
import { COMMANDS } from './commands.ts';

const inShell = promisify(execFile);
const START = 'npx serverless-loop start';

/** The folders of the examples that have a page, each by its name. */
export const EXAMPLES = [
  ...new Set(COMMANDS.flatMap(({ page }) => /^examples\/([^/]+)\//.exec(page)?.[1] ?? [])),
];

/**
 * Types the lines of an example's page, in its folder, beside the loop that its first line starts, but for those that `leaves`
 * names. Returns all that they print. Rejects when one of them fails.
 */
export async function typed(name: string, leaves: (line: string) => boolean = () => false): Promise<string> {
  const cwd = path.join(ROOT, 'examples', name);
  const [first, ...lines] = COMMANDS.filter(({ page }) => page.startsWith(`examples/${name}/`)).map(
    ({ command }) => command,
  );
  if (first !== START) throw new Error(`${name}: its page begins with ${first}`);
  const loop = await startCommand(['start', '--port', '0', '--no-watch'], { cwd });
  try {
    const script = ['set -e', ...lines.filter((line) => !leaves(line))].join('\n');
    const { AWS_PROFILE: _, ...environment } = process.env;
    const env = { ...environment, AWS_ENDPOINT_URL: loop.endpoint };
    const { stdout } = await inShell('sh', ['-c', script], { cwd, env });
    return stdout;
  } finally {
    await loop.stop();
  }
}
