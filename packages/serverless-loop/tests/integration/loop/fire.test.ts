import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningLoop } from '../../../src/index.ts';
import { startLoop } from '../../../src/index.ts';
import { runInProcess } from '../../command-in-process.ts';
import { projectFolder } from '../../loop-in-process.ts';

const FUNCTION = 'Type: AWS::Serverless::Function';
const CODE = 'Runtime: nodejs24.x, Handler: handler.handler, CodeUri: code/';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Reader:
    ${FUNCTION}
    Properties:
      { ${CODE}, Events: {
          Nightly: { Type: Schedule, Properties: { Schedule: cron(0 3 * * ? *), Input: '{"by":"rule"}' } },
          Hourly: { Type: ScheduleV2, Properties: { ScheduleExpression: cron(0 * * * ? *), Input: '{"by":"schedule"}' } },
          Off: { Type: Schedule, Properties: { Schedule: rate(1 day), Enabled: false, Name: switched-off, Input: '{"by":"disabled"}' } } } }
  Other:
    ${FUNCTION}
    Properties: { ${CODE}, Events: { Nightly: { Type: Schedule, Properties: { Schedule: cron(0 4 * * ? *) } } } }
`;

const HANDLER = `exports.handler = async (event) => { process.stdout.write('GOT ' + event.by + '\\n'); };`;

let loop: RunningLoop;
let remove = () => {};
beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE, 'code/handler.js': HANDLER }, (undo) => {
    remove = undo;
  });
  loop = await startLoop({ template: `${folder}/template.yaml`, clock: 'manual' });
});
afterAll(async () => {
  await loop?.stop();
  remove();
});
beforeEach(() => loop.reset());

const got = () =>
  loop.facts
    .soFar()
    .flatMap((fact) => (fact.kind === 'log' && fact.line.startsWith('GOT ') ? [fact.line.trim()] : []));

describe('a schedule is met before its time', () => {
  test.each([
    ['its logical id', 'ReaderNightly', 'GOT rule'],
    ['its name', 'switched-off', 'GOT disabled'],
    ['the name of its event', 'Hourly', 'GOT schedule'],
    ['the name of its event, though it be disabled', 'Off', 'GOT disabled'],
  ])('by %s', async (_how, name, line) => {
    loop.fire(name);
    await loop.idle();
    expect(got()).toEqual([line]);
  });

  test('by no name of several schedules', () => {
    expect(() => loop.fire('Nightly')).toThrow(
      '"Nightly" is the name of several schedules: expected one of OtherNightly, ReaderNightly',
    );
  });

  test('by no name that there is not, for which the likely one is told', () => {
    expect(() => loop.fire('ReaderNightli')).toThrow(
      'expected a schedule, found "ReaderNightli" (did you mean ReaderNightly?); there are: OtherNightly, ReaderHourly, ReaderNightly, ReaderOff',
    );
  });
});

describe('serverless-loop fire', () => {
  const fire = (...args: string[]) => runInProcess(['fire', ...args, '--endpoint', loop.endpoint]);

  test('has it met by the loop that runs', async () => {
    const { status, stdout } = await fire('Hourly');
    await loop.idle();
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: 'ReaderHourly (ReaderHourly, cron(0 * * * ? *)) is met\n',
    });
    expect(got()).toEqual(['GOT schedule']);
  });

  test('lists what there is', async () => {
    const { status, stdout } = await fire('--list');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ReaderOff {6}rate\(1 day\) {8}switched-off, Off$/m);
    expect(stdout).toMatch(/^ReaderHourly {3}cron\(0 \* \* \* \? \*\) {2}Hourly$/m);
  });

  test.each([
    ['without a name', [], 'which schedule? The loop at'],
    ['for a name of several', ['Nightly'], 'OtherNightly, ReaderNightly'],
    [
      'for a name that there is not',
      ['Weekly'],
      'expected a schedule, found "Weekly"; there are: OtherNightly',
    ],
    ['for a name and --list', ['Hourly', '--list'], 'expected --list or a name'],
    ['for two names', ['Hourly', 'Off'], 'unexpected argument "Off"'],
  ])('says %s what there is, with status 2', async (_what, args, message) => {
    const { status, stderr, stdout } = await fire(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(got()).toEqual([]);
  });

  test('says where no loop answers, with status 3', async () => {
    const { status, stderr } = await runInProcess(['fire', 'Hourly', '--endpoint', 'http://127.0.0.1:1']);
    expect(status).toBe(3);
    expect(stderr).toContain('http://127.0.0.1:1');
  });

  test('tells what it is by --help', async () => {
    const { status, stdout } = await runInProcess(['fire', '--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('usage: serverless-loop fire NAME [options]');
  });
});

test('a page of another site can have no schedule met', async () => {
  const answer = await fetch(`${loop.endpoint}/_loop/fire?name=Hourly`, {
    method: 'POST',
    headers: { Origin: 'https://example.com' },
  });
  expect(answer.status).toBe(403);
  expect((await fetch(`${loop.endpoint}/_loop/fire?name=Hourly`)).status).toBe(404);
  expect(got()).toEqual([]);
});
