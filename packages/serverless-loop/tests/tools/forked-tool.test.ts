import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forkedTool, pythonScript } from './forked-tool.ts';
import { findTool } from './tool.ts';

const python = await findTool('python3');
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'forked-tool-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Tells what it was given and found, then ends as its first argument says. */
const TOOL = `
import json, os, sys, signal
loaded = "wave" in sys.modules
import wave
runs = globals().get("runs", 0) + 1
told = dict(args=sys.argv[1:], said=sys.stdin.read(), cwd=os.getcwd(), env=dict(os.environ), runs=runs, loaded=loaded, name=__name__)
os.environ["LEFT"] = "behind"
os.chdir("/")
print(json.dumps(told))
print("why", file=sys.stderr)
if sys.argv[1:] == ["killed"]: os.kill(os.getpid(), signal.SIGKILL)
sys.exit(int(sys.argv[1]))
`;

describe.runIf(python.expected)('a tool in Python that is run forked', () => {
  let run: (how: string, input?: string) => Promise<{ stdout: string; stderr: string }>;
  beforeAll(async () => {
    const { stdout } = await python.run(['-c', 'import sys; print(sys.executable)']);
    writeFileSync(path.join(folder, 'teller'), `#!${stdout.trim()}\n${TOOL}`);
    chmodSync(path.join(folder, 'teller'), 0o755);
    const script = pythonScript('teller', `/nowhere:${folder}`) ?? expect.fail('the tool is not found');
    const env = { PATH: process.env.PATH, GIVEN: 'yes' };
    run = (how, input = '') => forkedTool(script)([how], { env, cwd: folder, input });
  });

  test('has its arguments, its input, its folder and no variable but its own, every time', async () => {
    for (const wasLoaded of [false, true]) {
      const { stdout, stderr } = await run('0', 'some words\n');
      const { env, ...told } = JSON.parse(stdout);
      const anew = { args: ['0'], said: 'some words\n', cwd: folder, runs: 1, name: '__main__' };
      expect(told).toEqual({ ...anew, loaded: wasLoaded });
      expect(env).toMatchObject({ GIVEN: 'yes' });
      expect(Object.keys(env)).not.toContain('HOME');
      expect(Object.keys(env)).not.toContain('LEFT');
      expect(stderr).toBe('why\n');
    }
  });

  test('fails with its exit status or its signal, and with what it has said', async () => {
    await expect(run('3')).rejects.toMatchObject({ code: 3, stderr: 'why\n' });
    await expect(run('3')).rejects.toThrow(/^Command failed: .*teller 3\nwhy\n$/);
    await expect(run('killed')).rejects.toMatchObject({ code: -9 });
    await expect(run('many')).rejects.toThrow('invalid literal for int()');
    expect(JSON.parse((await run('0')).stdout)).toMatchObject({ args: ['0'] });
  });

  test('runs beside itself', async () => {
    const all = await Promise.all(['1', '2', '3'].map((how) => run(how).catch((error) => error)));
    expect(all.map(({ code }) => code)).toEqual([1, 2, 3]);
  });
});

test('what is no script in Python is none', () => {
  expect(pythonScript('sh', process.env.PATH)).toBeUndefined();
  expect(pythonScript('no-such-tool', process.env.PATH)).toBeUndefined();
});
