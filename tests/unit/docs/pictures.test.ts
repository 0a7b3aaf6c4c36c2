import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filesOf, PAGES, pageOf } from './pages.ts';

const PICTURES = filesOf('docs/images/*.svg');
const MOST_LINES = 60;

test('every picture is on a page', () => {
  const shown = PAGES.flatMap((page) =>
    [...pageOf(page).matchAll(/!\[[^\]]+\]\(([^)]+)\)|(?:src|srcset)="([^"]+)"/g)].map(
      ([, markdown, html = '']) => path.join(path.dirname(page), markdown ?? html),
    ),
  );
  expect(PICTURES.length).toBeGreaterThan(5);
  expect(PICTURES.filter((picture) => !shown.includes(picture))).toEqual([]);
});

test('every picture that a page shows is there, and says what it shows', () => {
  for (const page of PAGES) {
    for (const [, alt = '', src = ''] of pageOf(page).matchAll(/<img alt="([^"]*)" src="([^"]+)"/g)) {
      expect(filesOf('docs/images/*.{svg,png}')).toContain(path.join(path.dirname(page), src));
      expect(alt.length).toBeGreaterThan(20);
    }
    for (const [, file = ''] of pageOf(page).matchAll(/srcset="([^"]+)"/g))
      expect(PICTURES).toContain(path.join(path.dirname(page), file));
  }
});

test('a picture that moves ends with all that it has shown, and moves for nobody who wants no motion', () => {
  const moving = PICTURES.map(pageOf).filter((svg) => svg.includes('animation'));
  expect(moving.length).toBeGreaterThan(0);
  for (const svg of moving) {
    expect(svg).toMatch(/@media \(prefers-reduced-motion: no-preference\) \{ \.row \{ animation: /);
    expect(svg).not.toMatch(/infinite|forwards|opacity="0"|visibility="hidden"/);
  }
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
