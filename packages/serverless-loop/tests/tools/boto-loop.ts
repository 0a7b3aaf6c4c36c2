import { afterAll, beforeAll } from 'vitest';
import { type LoopUnderTest, runLoop } from '../loop-in-process.ts';
import { type BotoCaller, botoCaller } from './boto-caller.ts';
import { depotTemplate } from './depot.ts';

export interface BotoLoop {
  running: LoopUnderTest;
  boto: BotoCaller;
}

/** A loop of the depot, and boto3 to call it, for the tests of a block. */
export function botoBesideLoop(python: string | undefined, onStart: (started: BotoLoop) => void): void {
  let running: Awaited<ReturnType<typeof runLoop>>;
  let boto: BotoCaller;
  beforeAll(async () => {
    running = await runLoop(depotTemplate(afterAll));
    boto = botoCaller(python ?? '', running.loop.endpoint);
    onStart({ running, boto });
  });
  afterAll(async () => {
    boto.stop();
    await running.stop();
  });
}
