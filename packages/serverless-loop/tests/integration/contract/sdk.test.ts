import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONTRACTS } from '../../contract/contracts.ts';
import { expectEveryOperation } from '../../contract/every-operation.ts';
import { sdkClient } from '../../contract/sdk-client.ts';
import { answeredServices } from '../../fidelity/services.ts';
import { type LoopUnderTest, runLoop } from '../../loop-in-process.ts';
import { sampleOf } from '../../matrix.ts';

let running: LoopUnderTest & { stop(): Promise<void> };
let client: ReturnType<typeof sdkClient>;
beforeAll(async () => {
  running = await runLoop('', { isEmpty: true });
  client = sdkClient(running.loop);
});
afterAll(async () => {
  client.stop();
  await running.stop();
});

test('every service has a contract', () => {
  expect(CONTRACTS.map(({ title }) => title).sort()).toEqual(
    answeredServices()
      .map(({ title }) => title)
      .sort(),
  );
});

test.each(sampleOf(CONTRACTS, 6))(
  'the SDK reads an answer and a refusal of every operation of $title, and its lists in pages',
  (contract) => expectEveryOperation(contract, client),
);
