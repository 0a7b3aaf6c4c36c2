import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inspectionOf } from 'serverless-loop/tests/parts';
import { expect, test } from 'vitest';
import { deployedStack } from '../app/stack.ts';
import { ROOT } from '../app/template.ts';

interface Attaching {
  name: string;
  port: number;
  runtimeSourcemapPausePatterns?: string[];
}

const { configurations }: { configurations: Attaching[] } = JSON.parse(
  readFileSync(path.join(ROOT, '.vscode/launch.json'), 'utf8'),
);
const { functions } = deployedStack('default');

/** Those that launch.json attaches to; one that is added has its port and no entry, until somebody wants to debug it. */
const attached = functions.filter(({ logicalId }) => configurations.some(({ name }) => name === logicalId));

test('.vscode/launch.json attaches to the loop and to functions where --inspect lets it', () => {
  const { ports } = inspectionOf(functions, { functions: [], basePort: 9229, waits: false });
  const expected = attached.map(({ logicalId, name }) => [logicalId, ports.get(name)]);
  expect(configurations.map(({ name, port }) => [name, port])).toEqual([...expected, ['The loop', 9229]]);
  expect(expected.length).toBeGreaterThanOrEqual(2);
});

/** Paths in which no folder begins with a dot: VS Code takes those for others, Node's globs don't. */
const CACHE = '/Users/me/Library/Caches/serverless-loop';

test('it waits for the source map of each of them as it is loaded, and of no package', () => {
  for (const { logicalId, handler } of attached) {
    const { runtimeSourcemapPausePatterns: patterns = [] } =
      configurations.find(({ name }) => name === logicalId) ?? {};
    const loadsAt = (file: string) =>
      patterns.some((pattern) => path.matchesGlob(path.join(CACHE, file), pattern));
    const entry = `${handler.replace(/\.[^.]*$/, '')}.js`;
    expect(loadsAt(`${logicalId}-0123456789abcdef0123/${entry}`)).toBe(true);
    expect(loadsAt(`${logicalId}-packages-0123456789abcdef0123/packages.js`)).toBe(false);
  }
});
