import { painter } from 'serverless-loop/commands';
import { describe, expect, test } from 'vitest';
import { junitXml } from '../../../../scripts/deploy-and-test/junit.ts';
import { pipelineManners } from '../../../../scripts/deploy-and-test/pipeline-manners.ts';
import type { Result } from '../../../../scripts/deploy-and-test/result.ts';
import { summaryText } from '../../../../scripts/deploy-and-test/summary.ts';
import { parseTimeLimits } from '../../../../scripts/deploy-and-test/time-limits.ts';
import { compareVersions, versionIn } from '../../../../scripts/deploy-and-test/version.ts';

const RESULTS: Result[] = [
  { id: 'tools', title: 'Tools', tookMs: 40, outcome: { kind: 'held', seen: 'Node 24.1.0' } },
  {
    id: 'deploy',
    title: 'Deploy a<b',
    tookMs: 61_234,
    outcome: {
      kind: 'failed',
      failure: 'deploy',
      reason: 'no "good" & \u0007done\nsecond line\n::set-output name=x::y',
    },
  },
  { id: 'test', title: 'Tests', tookMs: 0, outcome: { kind: 'not run' } },
];

test('JUnit XML has a test case for each step, and no character that XML has no place for', () => {
  const xml = junitXml(RESULTS);
  expect(xml).toContain(
    '<testsuite name="deploy-and-test" tests="3" failures="1" errors="0" skipped="1" time="61.274">',
  );
  expect(xml).toContain('<testcase classname="deploy-and-test.tools" name="Tools" time="0.040"/>');
  expect(xml).toContain(
    'name="Deploy a&lt;b" time="61.234"><failure type="deploy" message="no &quot;good&quot; &amp; �done">no "good" &amp; �done\nsecond line\n::set-output name=x::y</failure>',
  );
  expect(xml).toContain('name="Tests" time="0.000"><skipped/></testcase>');
});

test('the summary has a line for each step, with its time and its result', () => {
  expect(summaryText(RESULTS, painter(false))).toBe(
    [
      'Summary',
      '  Tools          0.0 s  ok  Node 24.1.0',
      '  Deploy a<b    61.2 s  FAILED  no "good" & �done',
      '  Tests                 not run',
      '',
    ].join('\n'),
  );
});

describe('a log of a pipeline', () => {
  function said(isGitHub: boolean): string {
    let log = '';
    const manners = pipelineManners(
      (text) => {
        log += text;
      },
      { isGitHub },
    );
    manners.begins('Deploy');
    manners.says('::set-output name=x::y');
    manners.says('fine');
    for (const result of RESULTS.slice(1, 2)) manners.ended(result);
    return log;
  }

  test('has no command of GitHub elsewhere', () => {
    expect(said(false)).toBe(
      [
        '=== Deploy',
        '    ::set-output name=x::y',
        '    fine',
        'Deploy a<b: FAILED  no "good" & �done (61.2 s)',
        '    second line',
        '    ::set-output name=x::y',
        '',
      ].join('\n'),
    );
  });

  test('is folded on GitHub, and no tool can give GitHub a command', () => {
    const lines = said(true).split('\n');
    expect(lines).toContain('::group::Deploy');
    expect(lines).toContain('::endgroup::');
    expect(lines).toContain(' | : :set-output name=x: :y');
    expect(lines).toContain(
      '::error title=Deploy a<b::no "good" & �done%0Asecond line%0A::set-output name=x::y',
    );
    expect(lines.filter((line) => /^\s*::set-output/.test(line))).toEqual([]);
  });
});

test('time limits are seconds by step', () => {
  expect(parseTimeLimits(['deploy=600', 'test-data=0.5'])).toEqual(
    new Map([
      ['deploy', 600_000],
      ['test-data', 500],
    ]),
  );
  for (const bad of ['deploy', 'deploy=', '=5', 'deploy=0', 'deploy=-1', 'deploy=1e3'])
    expect(() => parseTimeLimits([bad]), bad).toThrow('--time-limit: expected STEP=SECONDS');
});

test('versions are compared number by number', () => {
  expect(versionIn('SAM CLI, version 1.170.0')).toBe('1.170.0');
  expect(versionIn('none')).toBeUndefined();
  expect(compareVersions('1.9.0', '1.149.0')).toBeLessThan(0);
  expect(compareVersions('1.149.0', '1.149.0')).toBe(0);
  expect(compareVersions('2.0.0', '1.149.9')).toBeGreaterThan(0);
});
