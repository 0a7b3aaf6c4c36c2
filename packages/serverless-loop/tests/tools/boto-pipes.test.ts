import { describe, expect, test } from 'vitest';
import type { LoopUnderTest } from '../loop-in-process.ts';
import { type BotoCaller, findBoto } from './boto-caller.ts';
import { botoBesideLoop } from './boto-loop.ts';

const python = await findBoto();

describe.runIf(python)('EventBridge Pipes as boto3 reads it', () => {
  const Name = 'by-boto';
  let running: LoopUnderTest;
  let boto: BotoCaller;
  botoBesideLoop(python, (started) => {
    ({ running, boto } = started);
  });
  const call = (operation: string, params?: Record<string, unknown>) =>
    boto.output('pipes', operation, params);

  test('every operation answers as its model says, and refuses with errors of its own', async () => {
    const queue = running.loop.stack.queues[0]?.arn;
    const RoleArn = 'arn:aws:iam::000000000000:role/pipe';
    const made = await call('CreatePipe', {
      Name,
      RoleArn,
      Source: queue,
      Target: queue,
      DesiredState: 'STOPPED',
    });
    expect(made).toMatchObject({ CurrentState: 'CREATING' });
    await call('UpdatePipe', { Name, RoleArn, Description: 'two' });
    expect(await call('DescribePipe', { Name })).toMatchObject({
      CurrentState: 'STOPPED',
      Description: 'two',
    });
    expect(await call('ListPipes', { SourcePrefix: 'arn:' })).toMatchObject({ Pipes: [{ Name }] });
    await call('TagResource', { resourceArn: made.Arn, tags: { a: 'b' } });
    expect(await call('ListTagsForResource', { resourceArn: made.Arn })).toEqual({ tags: { a: 'b' } });
    await call('UntagResource', { resourceArn: made.Arn, tagKeys: ['a'] });
    await call('StartPipe', { Name });
    await call('StopPipe', { Name });
    const taken = { Name, RoleArn, Source: queue, Target: queue };
    expect(await boto.refusal('pipes', 'CreatePipe', taken)).toMatchObject({ code: 'ConflictException' });
    await call('DeletePipe', { Name });
    expect(await boto.refusal('pipes', 'DescribePipe', { Name })).toMatchObject({
      code: 'NotFoundException',
    });
    const emulated = await boto.emulated('pipes');
    expect(emulated.length).toBeGreaterThan(0);
    expect(emulated.filter((operation) => !boto.answered.has(`pipes.${operation}`))).toEqual([]);
  });
});
