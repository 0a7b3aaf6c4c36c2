import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ROOT } from '../app/template.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'ci-count-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Result {
  fullName: string;
  status: string;
  failureMessages: string[];
}

const result = (fullName: string, status: string, ...failureMessages: string[]): Result => ({
  fullName,
  status,
  failureMessages,
});

/** A report as vitest's JSON reporter writes it, of one file. */
function report(name: string, assertionResults: Result[], whole: { status?: string; message?: string } = {}) {
  const file = path.join(folder, `${name}.json`);
  const passed = assertionResults.filter(({ status }) => status === 'passed').length;
  writeFileSync(
    file,
    JSON.stringify({
      numPassedTests: passed,
      numTotalTests: assertionResults.length,
      testResults: [{ name: '/a.test.ts', status: 'passed', message: '', assertionResults, ...whole }],
    }),
  );
  return file;
}

function count(...files: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['.ci/count.mjs', ...files], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, counts: stdout.trim().split('\n').at(-1), told: stderr };
}

test('what passed is added up, and the last line is the sum', () => {
  const files = [
    report('one', [result('a', 'passed'), result('b', 'passed')]),
    report('two', [result('c', 'passed')]),
  ];
  expect(count(...files)).toEqual({ status: 0, counts: '3 passed, 0 failed', told: '' });
});

test('each test that failed is named, with the first lines of why', () => {
  const why = Array.from({ length: 50 }, (_, at) => `line ${at}`).join('\n');
  const { status, counts, told } = count(
    report('failed', [result('good', 'passed'), result('bad', 'failed', why)]),
  );
  expect([status, counts]).toEqual([1, '1 passed, 1 failed']);
  expect(told).toBe('failed: /a.test.ts: bad: line 0\nline 1\nline 2\nline 3\nline 4\n');
});

test('a file that failed before its tests could run counts as one, and is named with its message', () => {
  const broken = report('broken', [], { status: 'failed', message: 'SyntaxError: unexpected %' });
  const { status, counts, told } = count(report('good', [result('a', 'passed')]), broken);
  expect(status).toBe(1);
  expect(counts).toMatch(/^1 passed, [12] failed$/);
  expect(told).toContain('failed: /a.test.ts: SyntaxError: unexpected %');
});

test.each(['skipped', 'pending', 'todo'])(
  'a test that is %s is a failure, but for one that passed in a report before',
  (how) => {
    const before = report('before', [result('a', 'passed')]);
    expect(count(before, report('after', [result('a', how)]))).toMatchObject({
      status: 0,
      counts: '1 passed, 0 failed',
    });
    const { status, counts, told } = count(before, report('other', [result('b', how)]));
    expect([status, counts]).toEqual([1, '1 passed, 1 failed']);
    expect(told).toContain('1 skipped, which is failed here: /a.test.ts: b');
  },
);

test('a report that is missing, torn or empty is a failure', () => {
  const good = report('good', [result('a', 'passed')]);
  const torn = path.join(folder, 'torn.json');
  writeFileSync(torn, '{"numPassedTests": 1');
  const missing = path.join(folder, 'missing.json');
  for (const file of [missing, torn])
    expect(count(good, file)).toEqual({
      status: 1,
      counts: '1 passed, 1 failed',
      told: `no report at ${file}\n`,
    });
  expect(count(good, report('empty', []))).toMatchObject({ status: 1, counts: '1 passed, 1 failed' });
});
