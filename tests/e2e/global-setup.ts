import process from 'node:process';
import type { TestProject } from 'vitest/node';
import { startCommand } from '../loop-process.ts';

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
    project.provide('stackOutputs', await outputsOf(AWS_ENDPOINT_URL));
    return undefined;
  }
  const loop = await startCommand(['local/main.ts', '--port', '0', '--retry-speed', '1000', '--no-watch']);
  project.provide('stackOutputs', await outputsOf(loop.endpoint));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: loop.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  return async () => {
    await loop.stop();
  };
}

async function outputsOf(endpoint: string): Promise<Record<string, string>> {
  const response = await fetch(new URL('/_loop/stack', endpoint));
  const stack: unknown = await response.json();
  if (typeof stack !== 'object' || stack === null || !('outputs' in stack))
    throw new Error(`no loop at ${endpoint}`);
  return { ...(stack.outputs ?? {}) };
}
