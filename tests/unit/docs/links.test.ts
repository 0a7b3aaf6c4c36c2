import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { anchorsOf, deadLinksOf, filesOf, PAGES, pageOf, ROOT } from './pages.ts';

test('every page is there to be read', () => {
  expect(PAGES).toEqual(
    expect.arrayContaining(['README.md', 'docs/sam-local.md', 'docs/troubleshooting.md']),
  );
});

test.each(PAGES)('%s links only to what is there, headings included', (file) => {
  expect(deadLinksOf(file)).toEqual([]);
});

test.each(PAGES)('%s names only pages that are there', (file) => {
  const named = [...pageOf(file).matchAll(/(?<![\w/.-])docs\/[\w/-]+\.md/g)].map(([page]) => page);
  // A page of the loop's package names its own; the changelog, those that have moved there, too.
  const places = [ROOT, path.join(ROOT, 'packages/serverless-loop')];
  expect(named.filter((page) => !places.some((place) => existsSync(path.join(place, page))))).toEqual([]);
});

test('every page of docs can be reached from the README', () => {
  const reached = new Set(['README.md']);
  for (const file of reached) {
    if (!file.endsWith('.md')) continue;
    for (const [, target = ''] of pageOf(file).matchAll(/\]\(([^)#:]+\.md)(?:#[^)]*)?\)/g)) {
      reached.add(path.join(path.dirname(file), target));
    }
  }
  const pages = [...filesOf('docs/**/*.md'), ...filesOf('packages/*/docs/**/*.md')];
  expect(pages.filter((file) => !reached.has(file))).toEqual([]);
});

test('an anchor is a heading in lower case with hyphens, numbered where it comes again', () => {
  const page =
    '# `sam local`, with Docker\n## A [link](x.md) here\n```sh\n# no heading\n```\n## Same\n## Same\n';
  expect(anchorsOf(page)).toEqual(['sam-local-with-docker', 'a-link-here', 'same', 'same-1']);
});

// A path with a folder in it: no pattern, no placeholder such as `src/services/<service>/`, no name that the package publishes.
const FILE = /`(?!serverless-loop\/)([\w.-]+(?:\/[\w.-]+)+\/?)`/g;

test('the map in CONTRIBUTING.md leads to files and folders that are there', () => {
  const named = [...pageOf('CONTRIBUTING.md').matchAll(FILE)].map(([, file = '']) => file);
  expect(named.length).toBeGreaterThan(30);
  const places = [ROOT, path.join(ROOT, 'packages/serverless-loop')];
  const lost = named.filter((file) => !places.some((place) => existsSync(path.join(place, file))));
  expect(lost, 'name what took its place').toEqual([]);
});
