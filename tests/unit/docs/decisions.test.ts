import path from 'node:path';
import { expect, test } from 'vitest';
import { filesOf, pageOf } from './pages.ts';

const INDEX = 'docs/decisions/README.md';
const records = filesOf('docs/decisions/[0-9]*.md');
const HEADINGS = ['## Context', '## Decision', '## Consequences', '## What would make us choose otherwise'];

test('the records are numbered without a gap, and the index lists each with its title', () => {
  expect(records.length).toBeGreaterThanOrEqual(8);
  const rows = records.map((file, index) => {
    const [heading = ''] = pageOf(file).split('\n');
    expect(path.basename(file)).toMatch(new RegExp(`^${String(index + 1).padStart(4, '0')}-`));
    expect(heading).toMatch(new RegExp(`^# ${index + 1}\\. `));
    return `| [${index + 1}](${path.basename(file)}) | ${heading.replace(/^# \d+\. /, '')} |`;
  });
  const listed = pageOf(INDEX)
    .split('\n')
    .filter((line) => line.startsWith('| ['));
  expect(listed).toEqual(rows);
});

test.each(records)('%s says in under 40 lines why, what, what follows and when not', (file) => {
  const lines = pageOf(file).trimEnd().split('\n');
  expect(lines.filter((line) => line.startsWith('## '))).toEqual(HEADINGS);
  expect(lines.length).toBeLessThan(40);
});
