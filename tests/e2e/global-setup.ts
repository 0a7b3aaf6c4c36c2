import process from 'node:process';
import type { TestProject } from 'vitest/node';
import { askRunningLoop } from '../../packages/serverless-loop/src/cli/running-loop.ts';
import { startCommand } from '../../packages/serverless-loop/tests/loop-process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    stackOutputs: Record<string, string>;
  }
}

/**
 * The suite runs against whatever AWS_ENDPOINT_URL and STACK_OUTPUTS (the stack's outputs as a JSON object) name: with
 * STACK_OUTPUTS alone that is AWS itself. Without either it gets a loop of its own, whose retries run a thousand times as fast.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { STACK_OUTPUTS, AWS_ENDPOINT_URL } = process.env;
  if (STACK_OUTPUTS) {
    project.provide('stackOutputs', JSON.parse(STACK_OUTPUTS));
    return undefined;
  }
  if (AWS_ENDPOINT_URL) {
    project.provide('stackOutputs', (await askRunningLoop(AWS_ENDPOINT_URL)).outputs);
    return undefined;
  }
  const loop = await startCommand(['start', '--port', '0', '--retry-speed', '1000', '--no-watch']);
  const { outputs, region } = await askRunningLoop(loop.endpoint);
  project.provide('stackOutputs', outputs);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: loop.endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  return async () => {
    await loop.stop();
  };
}
