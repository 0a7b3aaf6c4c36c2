import type { Result } from './result.ts';

/** Steps as JUnit XML: one test case each. */
export function junitXml(results: readonly Result[]): string {
  const of = (kind: string) => results.filter(({ outcome }) => outcome.kind === kind).length;
  const failures = of('failed') + of('interrupted');
  const totalMs = results.reduce((sum, { tookMs }) => sum + tookMs, 0);
  const counts = `tests="${results.length}" failures="${failures}" errors="0" skipped="${of('not run')}" time="${seconds(totalMs)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="deploy-and-test" ${counts}>`,
    `  <testsuite name="deploy-and-test" ${counts}>`,
    ...results.map((result) => `    ${testCase(result)}`),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ id, title, tookMs, outcome }: Result): string {
  const start = `<testcase classname="deploy-and-test.${attribute(id)}" name="${attribute(title)}" time="${seconds(tookMs)}"`;
  switch (outcome.kind) {
    case 'held':
      return `${start}/>`;
    case 'not run':
      return `${start}><skipped/></testcase>`;
    case 'interrupted':
      return `${start}><failure type="interrupted" message="interrupted"/></testcase>`;
    case 'failed': {
      const [first = ''] = outcome.reason.split('\n', 1);
      return `${start}><failure type="${outcome.failure}" message="${attribute(first)}">${text(outcome.reason)}</failure></testcase>`;
    }
  }
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}

function attribute(value: string): string {
  return text(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;');
}

/** XML 1.0 has no place for control characters, not even escaped. */
function text(value: string): string {
  return value
    .replaceAll(/[^\P{Cc}\t\n\r]|[\p{Cs}\uFFFE\uFFFF]/gu, '�')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
