import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { CONSOLE_ENDPOINTS } from '../../../src/console/endpoints/table.ts';
import { factKinds } from '../../fact-kinds.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { onlyInMatrix } from '../../matrix.ts';

const PACKAGE = path.resolve(import.meta.dirname, '../../..');
const NODE_MODULES = path.join(PACKAGE, '../../node_modules');
const read = (file: string) => readFileSync(path.join(PACKAGE, file), 'utf8');

onlyInMatrix(() => {
  test('the example of docs/testing.md runs as it stands', async () => {
    const blocks = read('docs/testing.md').matchAll(/^`([\w./]+)`:\n\n```\w+\n(.*?)^```$/gms);
    const files = Object.fromEntries([...blocks].map(([, name = '', text = '']) => [name, text]));
    expect(Object.keys(files)).toEqual(['template.yaml', 'code/greeter.mjs', 'greeter.test.js']);

    const folder = projectFolder({
      ...files,
      'package.json': '{ "type": "module" }',
    });
    symlinkSync(NODE_MODULES, path.join(folder, 'node_modules'));
    const vitest = path.join(NODE_MODULES, 'vitest/vitest.mjs');
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1' };
    const { stdout } = await promisify(execFile)(process.execPath, [vitest, 'run'], {
      cwd: folder,
      env,
    }).catch((error) => error);
    expect(stdout).toMatch(/Tests +2 passed \(2\)/);
  });
});

test('docs/facts.md names every fact, and no other', () => {
  const named = [...read('docs/facts.md').matchAll(/^\| `([\w.]+)` \|/gm)].map(([, kind]) => kind);
  expect(named.toSorted()).toEqual(factKinds().toSorted());
});

test('docs/console-api.md has a row for every endpoint: its members, whether it needs the token, and its purpose', () => {
  const rows = Object.entries(CONSOLE_ENDPOINTS).map(([route, { changes, input, purpose }]) => {
    const members = Object.entries(input).map(([name, { required }]) => (required ? `**${name}**` : name));
    return `| \`${route}\` | ${changes ? 'yes' : ''} | ${members.join(', ')} | ${purpose} |`;
  });
  const written = read('docs/console-api.md')
    .split('\n')
    .filter((line) => /^\| `(GET|POST) /.test(line));
  expect(written).toEqual(rows);
});

test('docs/testing.md names every option and every member of the face', () => {
  const source = read('src/loop/loop-for-tests.ts') + read('src/loop/test-options.ts');
  const page = read('docs/testing.md');
  for (const name of ['StartOptions', 'RunningLoop']) {
    const [, body = ''] = new RegExp(`export interface ${name}[^{]*\\{\n(.*?)^\\}`, 'ms').exec(source) ?? [];
    const members = [...body.matchAll(/^ {2}(?:readonly )?(\w+)[?:(]/gm)].map(([, member = '']) => member);
    expect(members.length).toBeGreaterThan(8);
    expect(members.filter((member) => !new RegExp(`\\b${member}\\b`).test(page))).toEqual([]);
  }
});
