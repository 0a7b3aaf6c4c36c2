import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const COMMANDS = [
  'packages/serverless-loop/src/cli/start.ts',
  'packages/serverless-loop/src/cli/env.ts',
  'packages/serverless-loop/src/cli/invoke.ts',
  'scripts/demo.ts',
  'scripts/order.ts',
  'scripts/redrive.ts',
  'scripts/republish.ts',
  'scripts/erase.ts',
];
const TEXT = 'packages/serverless-loop/src/text.ts';
const MORE = 'packages/serverless-loop/src/more.ts';

/** A project whose commands print `printed`, as `npm ci` leaves it. */
function builtProject(printed = '"from the sources"') {
  const root = mkdtempSync(path.join(tmpdir(), 'built-commands-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const folder of ['packages/serverless-loop/src/cli', 'packages/serverless-loop/bin', 'scripts'])
    mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, 'package.json'), '{"type":"module"}');
  for (const file of [
    'packages/serverless-loop/bin/launch.mjs',
    'packages/serverless-loop/bin/private-folder.mjs',
    'scripts/build.mjs',
  ])
    cpSync(file, path.join(root, file));
  for (const command of COMMANDS)
    writeFileSync(
      path.join(root, command),
      `import { text } from '${path.relative(path.dirname(command), TEXT)}'; console.log(text);`,
    );
  writeFileSync(path.join(root, TEXT), `export const text: string = ${printed};`);
  symlinkSync(path.resolve('node_modules'), path.join(root, 'node_modules'));
  const node = (...args: string[]) => execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  const built = path.join(root, 'build/start.js');
  return {
    root,
    node,
    built,
    run: () => node('packages/serverless-loop/bin/launch.mjs', 'packages/serverless-loop/src/cli/start.ts'),
  };
}

/** A build that can be told from its sources. */
function markBuild({ built }: { built: string }) {
  writeFileSync(built, 'console.log("from the build");');
}

test('a command runs as it was built', () => {
  const project = builtProject();
  project.node('scripts/build.mjs');
  markBuild(project);
  expect(project.run()).toBe('from the build\n');
});

test('a command runs from its sources as soon as one of them has changed', () => {
  const project = builtProject();
  project.node('scripts/build.mjs');
  markBuild(project);
  appendFileSync(path.join(project.root, TEXT), '\n');
  expect(project.run()).toBe('from the sources\n');
});

test('a command runs from its sources when a source of the build is gone', () => {
  const project = builtProject();
  writeFileSync(path.join(project.root, MORE), 'export {};');
  appendFileSync(path.join(project.root, TEXT), `\nimport './more.ts';`);
  project.node('scripts/build.mjs');
  markBuild(project);
  writeFileSync(path.join(project.root, TEXT), `export const text = 'from the sources';`);
  rmSync(path.join(project.root, MORE));
  expect(project.run()).toBe('from the sources\n');
});

test.each(['', '{', 'null', '{"commands":{},"inputs":{}}'])(
  'a manifest that holds %j is no build',
  (text) => {
    const project = builtProject();
    project.node('scripts/build.mjs');
    markBuild(project);
    writeFileSync(path.join(project.root, 'build/manifest.json'), text);
    expect(project.run()).toBe('from the sources\n');
  },
);

test('a build prints what its sources print, and another takes its place', () => {
  const project = builtProject('"one"');
  project.node('scripts/build.mjs');
  expect(project.node(project.built)).toBe('one\n');
  writeFileSync(path.join(project.root, TEXT), `export const text = 'two';`);
  project.node('scripts/build.mjs');
  expect(project.node(project.built)).toBe('two\n');
});

test('sources that can not be built are no failure of the installation', () => {
  const project = builtProject('%');
  expect(project.node('scripts/build.mjs')).toBe('');
});
