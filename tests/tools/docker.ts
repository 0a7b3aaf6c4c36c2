import process from 'node:process';
import { findTool, type Tool } from 'serverless-loop/tests';

/**
 * Docker with an engine that answers and Compose v2. Without one its tests are skipped and the reason is printed; with
 * REQUIRE_DOCKER=1 they run, and fail.
 */
export async function findDocker(): Promise<Tool> {
  const docker = await findTool('docker');
  const missing = await firstFailure(docker, [['version'], ['compose', 'version']]);
  const expected = missing === undefined || process.env.REQUIRE_DOCKER === '1';
  if (!expected) console.warn(`Skipped, for want of Docker: ${missing}`);
  return { ...docker, expected };
}

async function firstFailure(docker: Tool, questions: string[][]): Promise<string | undefined> {
  for (const question of questions) {
    try {
      await docker.run(question);
    } catch (cause) {
      return cause instanceof Error ? cause.message : String(cause);
    }
  }
  return undefined;
}
