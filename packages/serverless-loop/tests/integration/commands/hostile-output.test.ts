import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import { projectFolder } from '../../loop-in-process.ts';
import { runCommand } from '../../loop-process.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../../..');

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Forger:
    Type: AWS::Serverless::Function
    Properties: {Runtime: nodejs24.x, Handler: index.handler, CodeUri: code/}
`;

/** Says what it is given in every way a function can: to the console, as JSON, past the console, and in its error. */
const FORGER = `exports.handler = async ({ text }) => {
  console.log(text);
  process.stdout.write(text + '\\n');
  console.log(JSON.stringify({ level: 'ERROR', message: text, field: text, [text]: 1 }));
  const error = new Error(text);
  error.name = text;
  throw error;
};`;

const FORGED = '00:00:00  Forger succeeded in 1 ms';
const HOSTILE = `start\n${FORGED}\r${FORGED}\r\n${FORGED}\u001b[2J\u001b[1A\u001b]0;mine\u0007\u009b2K\u202e\u200b\u2028${FORGED} end`;

test('what a function says and fails of can neither forge a line of the loop nor reach the terminal behind it', async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE, 'code/index.js': FORGER });
  const loop = spawn(
    process.execPath,
    [
      path.join(ROOT, 'packages/serverless-loop/bin/serverless-loop.mjs'),
      'start',
      '--port',
      '0',
      '--no-watch',
    ],
    { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void loop.kill('SIGKILL'));
  let screen = '';
  loop.stdout.on('data', (chunk) => {
    screen += String(chunk);
  });
  const shows = async (pattern: RegExp) => {
    while (!pattern.test(screen)) await once(loop.stdout, 'data');
    return pattern.exec(screen)?.[1] ?? '';
  };
  const endpoint = await shows(/Ready .* at (http:[^;\s]+);/);
  const event = JSON.stringify({ text: HOSTILE });
  const invoked = await runCommand(['invoke', 'Forger', '-e', '-', '--logs', '--endpoint', endpoint], {
    input: event,
  });
  await shows(/(failed) after/);

  expect(screen).toContain('end');
  expect(screen.split('\n').filter((line) => line.startsWith('00:00:00'))).toEqual([]);
  for (const shown of [screen, invoked.stdout, invoked.stderr]) {
    expect(shown.length).toBeGreaterThan(100);
    expect(shown.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  }
  expect(JSON.parse(invoked.stdout)).toMatchObject({ errorMessage: HOSTILE });
});
