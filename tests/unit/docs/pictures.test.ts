import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filesOf, PAGES, pageOf } from './pages.ts';

const PICTURES = filesOf('docs/images/*.svg');
const MOST_LINES = 60;

test('every picture is on a page', () => {
  const shown = PAGES.flatMap((page) =>
    [...pageOf(page).matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, file = '']) =>
      path.join(path.dirname(page), file),
    ),
  );
  expect(PICTURES.length).toBeGreaterThan(5);
  expect(PICTURES.filter((picture) => !shown.includes(picture))).toEqual([]);
});

test.each(PICTURES)('%s shows nothing of the machine that drew it, and fits a screen or two', (picture) => {
  const svg = pageOf(picture);
  const text = svg.replaceAll(/<[^>]+>/g, '');
  expect(text).not.toMatch(/\/(?:home|Users|tmp|root|work|usr|var)\//);
  for (const name of [hostname(), userInfo().username].filter((it) => it.length > 4)) {
    expect(text).not.toContain(name);
  }
  expect(svg.match(/<text /g)?.length).toBeLessThanOrEqual(MOST_LINES + 1);
});
