import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { runTool, ToolFailedError, ToolMissingError } from '../../../../scripts/deploy-and-test/tool.ts';

function shell(script: string, signal = new AbortController().signal, onLine?: (line: string) => void) {
  return runTool({
    command: '/bin/sh',
    args: ['-c', script],
    cwd: '/',
    env: process.env,
    signal,
    killAfterMs: 50,
    ...(onLine && { onLine }),
  });
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a tool', () => {
  test('gives the lines of both its outputs', async () => {
    expect((await shell('echo out; echo err >&2')).toSorted()).toEqual(['err', 'out']);
  });

  test('that fails is told with its status and the line that tells most', async () => {
    const failing = shell('echo start; echo "Error: no such bucket"; echo bye; exit 3');
    await expect(failing).rejects.toThrow('sh -c ended with status 3: Error: no such bucket');
    await expect(failing).rejects.toBeInstanceOf(ToolFailedError);
  });

  test('that a signal ended is told by that', async () => {
    await expect(shell('kill -9 $$')).rejects.toThrow('ended with SIGKILL');
  });

  test('that is not there is told by its name', async () => {
    const signal = new AbortController().signal;
    const call = { command: 'no-such-tool', args: [], cwd: '/', env: process.env, signal };
    await expect(runTool(call)).rejects.toBeInstanceOf(ToolMissingError);
  });

  test('is ended by an abort, with what it has started, though it heeds no SIGTERM', async () => {
    const controller = new AbortController();
    let grandchild = 0;
    const stubborn = shell("trap '' TERM; sleep 60 & echo $!; wait; sleep 60", controller.signal, (line) => {
      grandchild = Number(line);
      controller.abort(new Error('enough'));
    });
    await expect(stubborn).rejects.toThrow('enough');
    expect(grandchild).toBeGreaterThan(0);
    await expect.poll(() => runs(grandchild)).toBe(false);
  });

  test('is not started after an abort', async () => {
    await expect(shell('echo started', AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });
});
