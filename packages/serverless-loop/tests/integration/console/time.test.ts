import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { projectFolder, runLoop } from '../../loop-in-process.ts';

/** Far from now in each hour, so that no test meets it by itself. */
const MINUTE = (new Date().getUTCMinutes() + 30) % 60;
const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Packer:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: "exports.handler = async ({ fails }) => { if (fails) throw new Error('no box'); }"
      Events:
        Hourly: { Type: ScheduleV2, Properties: { ScheduleExpression: cron(${MINUTE} * * * ? *) } }
  Work: { Type: AWS::SQS::Queue, Properties: { QueueName: work, MessageRetentionPeriod: 600 } }
`;
const HOUR_MS = 3_600_000;

let running: Awaited<ReturnType<typeof runLoop>>;
let remove = () => {};
beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE }, (undo) => {
    remove = undo;
  });
  running = await runLoop(`${folder}/template.yaml`, { retrySpeed: 1 });
});
afterAll(async () => {
  await running?.stop();
  remove();
});
beforeEach(() => void running.facts.splice(0));
afterEach(async () => void (await post('/_loop/time/reset', {})));

async function ask(path: string, init: RequestInit = {}) {
  const response = await fetch(`${running.loop.endpoint}${path}`, init);
  return Object(await response.json());
}
const post = (path: string, body: unknown) =>
  ask(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Loop-Token': running.loop.token },
    body: JSON.stringify(body),
  });

test('a jump lets happen at once what falls due in it: retries, schedules, the end of messages', async () => {
  await post('/_loop/queue/send', { name: 'work', body: 'old' });
  await post('/_loop/invoke', { name: 'Packer', event: { fails: true }, type: 'Event' });
  const { aheadMs, now } = await post('/_loop/time/advance', { ms: HOUR_MS });
  expect(aheadMs).toBe(HOUR_MS);
  expect(Date.parse(now)).toBeGreaterThan(Date.now() + HOUR_MS / 2);
  // The second and third attempt come a minute and two after the one before (Lambda guide, "Asynchronous invocation").
  expect(running.factsOf('invocation.ended').filter(({ outcome }) => outcome === 'error')).toHaveLength(3);
  expect(running.factsOf('schedule.invoked')).toHaveLength(1);
  expect((await ask('/_loop/queue?name=work')).messages).toEqual([]);
  expect(running.factsOf('time.changed')).toMatchObject([{ aheadMs: HOUR_MS, retrySpeed: 1 }]);
});

test('another speed lets a retry come that waits already, and is undone with the jump', async () => {
  await post('/_loop/invoke', { name: 'Packer', event: { fails: true }, type: 'Event' });
  await expect.poll(() => running.factsOf('invocation.retry').length).toBe(1);
  expect(await post('/_loop/time/speed', { retrySpeed: 100_000 })).toMatchObject({ retrySpeed: 100_000 });
  await running.loop.idle();
  expect(running.factsOf('invocation.ended')).toHaveLength(3);
  await post('/_loop/time/advance', { ms: 1_000 });
  expect(await ask('/_loop/banner')).toEqual({
    faults: 0,
    aheadMs: 1_000,
    retrySpeed: 100_000,
    startedWithRetrySpeed: 1,
  });
  await post('/_loop/time/reset', {});
  expect(await ask('/_loop/time')).toMatchObject({ aheadMs: 0, retrySpeed: 1, nextInMs: expect.any(Number) });
});

test.each([
  ['/_loop/time/speed', { retrySpeed: 0 }],
  ['/_loop/time/speed', {}],
  ['/_loop/time/advance', { ms: -1 }],
  ['/_loop/time/advance', { ms: 10 ** 12 }],
])('%s refuses %j', async (path, body) => {
  expect(await post(path, body)).toMatchObject({ code: 'ValidationException' });
});
