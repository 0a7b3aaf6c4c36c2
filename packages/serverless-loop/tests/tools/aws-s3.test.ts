import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoopUnderTest, runLoop } from '../loop-in-process.ts';
import { depotTemplate } from './depot.ts';
import { findTool } from './tool.ts';

const cli = await findTool('aws');
const folder = mkdtempSync(path.join(tmpdir(), 'aws-s3-'));

describe.runIf(cli.expected)('aws s3', () => {
  let running: LoopUnderTest & { stop(): Promise<void> };
  beforeAll(async () => {
    running = await runLoop(depotTemplate(afterAll));
  });
  afterAll(async () => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function s3(...args: string[]): Promise<string> {
    const { stdout } = await cli.run(['s3', ...args], {
      env: {
        AWS_ENDPOINT_URL: running.loop.endpoint,
        AWS_DEFAULT_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
      },
    });
    return stdout;
  }

  test('copies a file of many parts there and back, byte by byte', async () => {
    await s3('mb', 's3://copies');
    const file = path.join(folder, 'large');
    // Past the 8 MB from which the CLI uploads in parts.
    writeFileSync(file, Buffer.alloc(20 * 1024 * 1024, 'abcdefghijk'));
    await s3('cp', file, 's3://copies/large', '--no-progress');
    expect(await s3('ls', 's3://copies')).toMatch(/20971520 large/);
    await s3('cp', 's3://copies/large', `${file}.back`, '--no-progress');
    expect(readFileSync(`${file}.back`).equals(readFileSync(file))).toBe(true);
  });

  test('syncs a folder, presigns, and removes a bucket with all in it', async () => {
    await s3('mb', 's3://synced');
    mkdirSync(path.join(folder, 'tree/deep'), { recursive: true });
    writeFileSync(path.join(folder, 'tree/a.txt'), 'one');
    writeFileSync(path.join(folder, 'tree/deep/ü b.txt'), 'two');
    await s3('sync', path.join(folder, 'tree'), 's3://synced/tree', '--no-progress');
    expect(await s3('ls', '--recursive', 's3://synced')).toMatch(/tree\/a\.txt\n.*tree\/deep\/ü b\.txt/);
    expect(await s3('sync', path.join(folder, 'tree'), 's3://synced/tree', '--no-progress')).toBe('');
    const url = (await s3('presign', 's3://synced/tree/deep/ü b.txt')).trim();
    expect(await (await fetch(url)).text()).toBe('two');
    await s3('rb', '--force', 's3://synced');
    await expect(s3('ls', 's3://synced')).rejects.toThrow('The specified bucket does not exist');
  });
});
