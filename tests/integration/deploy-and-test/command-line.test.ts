import { existsSync } from 'node:fs';
import path from 'node:path';
import { runInProcess, sampleOf } from 'serverless-loop/tests';
import { afterAll, describe, expect, test } from 'vitest';
import { fakeCheckout } from './checkout.ts';
import { startScript } from './script.ts';

const PERSON = 'deploy-and-test.sh';
const PIPELINE = 'deploy-and-test-cd.sh';

describe('a command line', () => {
  const checkout = fakeCheckout();
  afterAll(() => checkout.dispose());

  const REFUSED: [string, string[], string][] = [
    [PERSON, ['--stage', 'prod', '--yes'], '--stage prod: expected --keep beside it'],
    [PERSON, ['--stage', 'qa', '--yes'], '--stage: expected dev or prod, found "qa"'],
    [PERSON, ['--region', 'here', '--yes'], '--region: expected a Region such as eu-west-1, found "here"'],
    [PERSON, ['--stack-name', '1st', '--yes'], '--stack-name: expected a letter'],
    [PERSON, ['--local', '--region', 'us-east-2'], '--region: a loop of --local is in eu-west-1'],
    [PERSON, ['--time-limit', 'soon', '--yes'], '--time-limit: expected STEP=SECONDS'],
    [PERSON, ['--time-limit', 'dely=5', '--yes'], '--time-limit: there is no step "dely"'],
    [PERSON, ['--fast'], "Unknown option '--fast'"],
    [PERSON, ['now', '--yes'], 'unexpected argument "now"'],
    [PERSON, [], 'there is no terminal: say --yes, or --local'],
    [PIPELINE, [], '--stage: expected dev or prod, found nothing'],
    [PIPELINE, ['--stage', 'dev', '--yes'], "Unknown option '--yes'"],
    [
      PIPELINE,
      ['--stage', 'dev', '--stack-name', 'serverless-snacks-dev'],
      "--stack-name: the throw-away stack can't be the stage's own, serverless-snacks-dev",
    ],
    [PIPELINE, ['--stage', 'dev', '--parameter-overrides', 'LogLevel'], '--parameter-overrides: '],
  ];

  test.each(REFUSED)(
    'of %s with %j is refused with what is wrong, and starts nothing',
    async (file, args, message) => {
      const log = path.join(checkout.root, 'calls-in-process.jsonl');
      const env = { PATH: checkout.bin, HOME: checkout.root, FAKE: '{}', FAKE_LOG: log };
      const { status, stderr } = await runInProcess([`scripts/${path.parse(file).name}.ts`, ...args], {
        env,
      });
      expect(stderr).toContain(message);
      expect(status).toBe(2);
      expect(existsSync(log)).toBe(false);
    },
  );

  // The shell file hands over what it was given; one of the person's, and all of both in the matrix.
  test.each(sampleOf(REFUSED, 1))('of %s with %j comes through the shell', async (file, args, message) => {
    const script = startScript(checkout, file, { args });
    const { status, said } = await script.ended;
    expect(said).toContain(message);
    expect(status).toBe(2);
    expect(script.calls()).toEqual([]);
  });

  test.each([PERSON, PIPELINE])('of %s with --help names each exit status', async (file) => {
    const { status, said } = await startScript(checkout, file, { args: ['--help'] }).ended;
    for (const number of [1, 2, 10, 11, 12, 13, 14, 15, 129, 130, 143])
      expect(said).toMatch(new RegExp(`\\b${number}\\b`));
    expect(status).toBe(0);
  });
});
