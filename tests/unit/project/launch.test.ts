import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { inspectionOf } from '../../../local/inspection.ts';
import { deployedStack } from '../app/stack.ts';
import { ROOT } from '../app/template.ts';

test('.vscode/launch.json attaches to the loop and to every function where --inspect lets it', () => {
  const launch: { configurations: { name: string; request: string; port: number }[] } = JSON.parse(
    readFileSync(path.join(ROOT, '.vscode/launch.json'), 'utf8'),
  );
  const { functions } = deployedStack('default');
  const { ports } = inspectionOf(functions, { functions: [], basePort: 9229, waits: false });
  const expected = functions.map(({ logicalId, name }) => [logicalId, ports.get(name)]);
  const attached = launch.configurations.filter(({ request }) => request === 'attach');
  expect(attached.map(({ name, port }) => [name, port])).toEqual([...expected, ['The loop', 9229]]);
});
