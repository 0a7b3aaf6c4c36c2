import { findTool, type LoopProcess, startCommand } from 'serverless-loop/tests';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../pages/commands.ts';
import { RUN_BY } from '../pages/run-by.ts';
import { asTyped } from '../pages/typed.ts';

const [sam, cli, shell] = await Promise.all([findTool('sam'), findTool('aws'), findTool('sh')]);
const commands = [...new Set(COMMANDS.map(({ command }) => command))].filter((it) => RUN_BY[it] === 'tools');

/** In the order of the pages: what is deployed there is deleted there. */
describe.runIf(sam.expected && cli.expected)('the commands of the pages', () => {
  let loop: LoopProcess;
  beforeAll(async () => {
    loop = await startCommand(['start', '--port', '0', '--no-watch']);
  });
  afterAll(() => loop.stop());

  test.each(commands)('%s', async (command) => {
    const env = {
      AWS_ENDPOINT_URL: loop.endpoint,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_DEFAULT_REGION: 'eu-west-1',
    };
    const { stdout } = await shell.run(['-c', `${asTyped(command, loop.endpoint)} && printf '\\ndone'`], {
      env,
    });
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('done');
  });
});
