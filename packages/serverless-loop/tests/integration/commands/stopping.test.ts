import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import { projectFolder } from '../../loop-in-process.ts';
import { startCommand } from '../../loop-process.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../../..');

const TEMPLATE = `
Resources:
  Parcels: {Type: AWS::SQS::Queue}
`;

/** A loop as a person starts it, and what it shows. */
function startLoop() {
  const command = [
    path.join(ROOT, 'packages/serverless-loop/bin/serverless-loop.mjs'),
    'start',
    '--port',
    '0',
    '--no-watch',
  ];
  const child = spawn(process.execPath, command, {
    cwd: projectFolder({ 'template.yaml': TEMPLATE }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let screen = '';
  child.stdout.on('data', (chunk) => {
    screen += String(chunk);
  });
  return {
    child,
    screen: () => screen,
    async shows(text: string): Promise<void> {
      while (!screen.includes(text)) await once(child.stdout, 'data');
    },
  };
}

test('the first interrupt says what it stops; what npm hands on of the same key ends nothing', async () => {
  const { child, screen, shows } = startLoop();
  await shows('Ready');
  child.kill('SIGINT');
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(screen().match(/^Stopping: .* Ctrl-C again ends this at once\.$/gm)).toHaveLength(1);
});

test('for a machine it is a fact', async () => {
  const cwd = projectFolder({ 'template.yaml': TEMPLATE });
  const loop = await startCommand(['start', '--port', '0', '--no-watch'], { cwd });
  expect(await loop.stop('SIGINT')).toBe(0);
  expect(loop.facts.at(-1)).toMatchObject({ kind: 'stopping' });
});
