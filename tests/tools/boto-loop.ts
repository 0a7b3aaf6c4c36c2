import { afterAll, beforeAll } from 'vitest';
import { type LoopUnderTest, runLoop } from '../../packages/serverless-loop/tests/loop-in-process.ts';
import { type BotoCaller, botoCaller } from './boto-caller.ts';

export interface BotoLoop {
  running: LoopUnderTest;
  boto: BotoCaller;
}

/** A loop of template.yaml, and boto3 to call it, for the tests of a block. */
export function botoBesideLoop(python: string | undefined, onStart: (started: BotoLoop) => void): void {
  let running: Awaited<ReturnType<typeof runLoop>>;
  let boto: BotoCaller;
  beforeAll(async () => {
    running = await runLoop('template.yaml');
    boto = botoCaller(python ?? '', running.loop.endpoint);
    onStart({ running, boto });
  });
  afterAll(async () => {
    boto.stop();
    await running.stop();
  });
}
