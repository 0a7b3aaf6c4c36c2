import { execFile } from 'node:child_process';
import process from 'node:process';
import { promisify } from 'node:util';
import { type LoopProcess, onlyInMatrix, startCommand, startScript } from 'serverless-loop/tests';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../../pages/commands.ts';
import { RUN_BY } from '../../pages/run-by.ts';
import { asTyped } from '../../pages/typed.ts';

const inShell = promisify(execFile);

let loop: LoopProcess;
let orderId: string;
async function type(line: string): Promise<string> {
  const { stdout, stderr } = await inShell('sh', ['-c', line], {
    env: { ...process.env, AWS_ENDPOINT_URL: loop.endpoint },
  });
  expect(stderr).toBe('');
  return stdout;
}

function commandsOf(kind: 'loop' | 'start'): string[] {
  return [...new Set(COMMANDS.map(({ command }) => command))].filter((it) => RUN_BY[it] === kind);
}

test.each([...commandsOf('loop'), ...commandsOf('start')])('%s is typed as it stands', (command) => {
  const typed = asTyped(command, 'http://127.0.0.1:9', 'an-order');
  expect(typed).not.toMatch(/:4580|\b[A-Z]+-ID\b|[<>…]/);
});

// Each starts npm, and some a loop, too.
onlyInMatrix(() => {
  beforeAll(async () => {
    loop = await startCommand(['start', '--port', '0', '--no-watch']);
    const receipt = await type('npm run -s invoke -- OrderCreatorFunction -e events/order.json');
    orderId = JSON.parse(receipt).orderId;
  });
  afterAll(() => loop.stop());

  test.each(commandsOf('loop'))('%s', async (command) => {
    const shown = await type(`${asTyped(command, loop.endpoint, orderId)} && echo "at $AWS_ENDPOINT_URL"`);
    expect(shown.trim().split('\n').at(-1)).toBe(`at ${loop.endpoint}`);
  });

  test.each(commandsOf('start'))('%s', async (command) => {
    const [, , ...options] = asTyped(command, loop.endpoint).replace(' -- ', ' ').split(' ');
    const started = await startScript('start', [...options, '--port', '0']);
    expect(await started.stop('SIGTERM')).not.toBeNull();
  });
});
