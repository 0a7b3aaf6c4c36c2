import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { askRunningLoop } from 'serverless-loop/commands';
import { RecordingError, ROOT, shellEnvironment, typed } from './shell.ts';

const PATIENCE_MS = 60_000;

export interface RecordedLoop {
  /** For commands beside it: pointed at it by `npm run env`, each output of the stack in a variable. */
  env: NodeJS.ProcessEnv;
  /** Everything that its terminal has shown so far. */
  shown(): string;
  /** Waits until it shows this after position `from`, and gives what it showed from there on. */
  until(pattern: RegExp, from?: number): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the loop as a reader would, with fulfilment slow enough to be seen. */
export async function recordedLoop(line: string, columns: number): Promise<RecordedLoop> {
  const environment = shellEnvironment(columns);
  const child = spawn('sh', ['-c', `exec ${line}`], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      child.emit('shown');
    });
  }
  const ended = once(child, 'close');
  const until = async (pattern: RegExp, from = 0): Promise<string> => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    while (!pattern.test(output.slice(from))) {
      await Promise.race([once(child, 'shown', { signal }), ended]);
      if (child.exitCode !== null && !pattern.test(output.slice(from)))
        throw new RecordingError(`"${line}" ended before it showed ${pattern}:\n${output}`);
    }
    return output.slice(from);
  };
  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    await ended;
  };
  try {
    const [, endpoint = ''] =
      /(http:\/\/127\.0\.0\.1:\d+)/.exec(await until(/Ready.* at .*?\n\n.*?\n\n/s)) ?? [];
    const exported = await typed(`npm run -s env -- --endpoint ${endpoint}`, environment);
    const settings = [...exported.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = '', value]) => [
      name,
      value,
    ]);
    const { outputs } = await askRunningLoop(endpoint);
    return {
      env: { ...environment, ...Object.fromEntries(settings), ...outputs },
      shown: () => output,
      until,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
