import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { STATUS } from '../../../scripts/deploy-and-test/exit-status.ts';
import { STEP_IDS } from '../../../scripts/deploy-and-test/time-limits.ts';
import { pageOf, ROOT } from './pages.ts';

test('the page about the scripts names every exit status of the scripts', () => {
  for (const status of Object.values(STATUS))
    expect(pageOf('docs/deploy-and-test.md')).toContain(`| ${status} |`);
});

test('every step of the scripts can be given a time limit, and is named in their help', () => {
  const sources = globSync('scripts/deploy-and-test/steps/*.ts', { cwd: ROOT }).map((file) => pageOf(file));
  const ids = sources.flatMap((source) => [...source.matchAll(/^ +id: '([a-z-]+)',$/gm)].map(([, id]) => id));
  expect(ids.toSorted()).toEqual(STEP_IDS.toSorted());
  const help = pageOf('scripts/deploy-and-test.ts') + pageOf('scripts/deploy-and-test-cd.ts');
  for (const id of ids) expect(help).toMatch(new RegExp(`\\b${id}\\b`));
});

test('troubleshooting knows what the scripts say when they fail', () => {
  const page = pageOf('docs/troubleshooting.md');
  const sources = [
    'scripts/deploy-and-test.ts',
    ...globSync('scripts/deploy-and-test/**/*.{ts,sh}', { cwd: ROOT }),
  ]
    .map((file) => pageOf(file).replaceAll(/\$\{[^}]*\}|\$\w+/g, '…'))
    .join('\n');
  const headings = [...(page.split('## deploy-and-test.sh')[1] ?? '').matchAll(/^### (.*)$/gm)];
  expect(headings.length).toBeGreaterThan(10);
  const ofTools = /^sam deploy ended|^SAM CLI: /;
  for (const [, heading = ''] of headings) {
    if (ofTools.test(heading)) continue;
    const [longest = ''] = heading.split('…').toSorted((one, other) => other.length - one.length);
    expect(sources.includes(longest.trim()), heading).toBe(true);
  }
});
