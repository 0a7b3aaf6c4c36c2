import { afterAll, beforeAll, describe, test } from 'vitest';
import { CONTRACTS } from '../contract/contracts.ts';
import { expectEveryOperation } from '../contract/every-operation.ts';
import { type LoopUnderTest, runLoop } from '../loop-in-process.ts';
import { type BotoCaller, botoCaller, findBoto } from './boto-caller.ts';

const python = await findBoto();

describe.runIf(python)('boto3', () => {
  let running: LoopUnderTest & { stop(): Promise<void> };
  let boto: BotoCaller;
  beforeAll(async () => {
    running = await runLoop('', { isEmpty: true });
    boto = botoCaller(python ?? '', running.loop.endpoint);
  });
  afterAll(async () => {
    boto.stop();
    await running.stop();
  });

  test.each(CONTRACTS)(
    'reads an answer and a refusal of every operation of $title as its model has them, and its lists in pages',
    (contract) =>
      expectEveryOperation(contract, {
        ...boto,
        refusal: async (...call) => (await boto.refusal(...call)).code,
      }),
  );
});
