import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import process from 'node:process';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** A command that is to be shown did not do what the story tells. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
}

/** The environment of a shell in the checkout, the same on every machine: colours, UTC, none of the user's AWS settings. */
export function shellEnvironment(columns: number): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|SAM_|NO_COLOR$|npm_)/.test(name));
  return {
    ...Object.fromEntries(kept),
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    SAM_CLI_TELEMETRY: '0',
    FORCE_COLOR: '1',
    COLUMNS: String(columns),
    TZ: 'UTC',
  };
}

/**
 * Runs a line as it is typed and gives all that the terminal would show of it, as it comes to `onShown` too. Throws
 * RecordingError unless it succeeds.
 */
export async function typed(
  line: string,
  env: NodeJS.ProcessEnv,
  onShown: (chunk: string) => void = () => {},
): Promise<string> {
  const child = spawn('sh', ['-c', `${line} 2>&1`], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    onShown(chunk);
  });
  const [status] = await once(child, 'close');
  if (status !== 0) throw new RecordingError(`"${line}" ended with ${status}:\n${output}`);
  return output;
}

/** Tells whether a tool is there that npm doesn't bring. */
export async function has(tool: string): Promise<boolean> {
  return typed(`${tool} --version`, process.env).then(
    () => true,
    () => false,
  );
}

/** The text as the reader's own machine would show it. Throws RecordingError when something of this one is left. */
export function withoutMachine(text: string, host = hostname()): string {
  const shown = text.replaceAll(ROOT, '~/serverless-snacks');
  const { homedir, username } = userInfo();
  const names = [host, homedir].filter((name) => name.length > 3 && name !== 'localhost');
  const left =
    names.find((name) => shown.includes(name)) ?? /\/(?:home|Users|tmp|root)\/\S*/.exec(shown)?.[0];
  if (left === undefined) return shown;
  throw new RecordingError(`a picture would show "${left}" of this machine (user ${username})`);
}
