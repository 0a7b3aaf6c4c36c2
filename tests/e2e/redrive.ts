import process from 'node:process';
import { inject } from 'vitest';
import { type Finished, runCommand } from '../run-command.ts';

/** `npm run redrive` on the stack under test. */
export function redrive(queue: string): Promise<Finished> {
  const settings = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_'));
  const env = Object.fromEntries(settings.map(([name, value = '']) => [name, value]));
  return runCommand(['scripts/redrive.ts', '--queue', queue, '--yes'], {
    env: { ...env, STACK_OUTPUTS: JSON.stringify(inject('stackOutputs')) },
  });
}
