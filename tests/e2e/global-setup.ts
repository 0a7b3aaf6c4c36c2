import process from 'node:process';
import { startLoop } from 'serverless-loop';
import type { TestProject } from 'vitest/node';

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
    project.provide('stackOutputs', await outputsOfLoop(AWS_ENDPOINT_URL));
    return undefined;
  }
  const loop = await startLoop({ template: 'template.yaml', configEnv: 'default', retrySpeed: 1_000 });
  project.provide('stackOutputs', loop.outputs);
  Object.assign(process.env, loop.environment);
  return loop.stop;
}

/** The outputs of what a loop runs, which it tells at /_loop/stack. */
async function outputsOfLoop(endpoint: string): Promise<Record<string, string>> {
  const answer = await fetch(new URL('/_loop/stack', endpoint));
  const { outputs }: { outputs: Record<string, string> } = JSON.parse(await answer.text());
  return outputs;
}
