import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onlyInMatrix, sampleOf } from 'serverless-loop/tests';
import { describe, expect, onTestFinished, test } from 'vitest';

const LOOP = 'packages/serverless-loop';
const TEXT = `${LOOP}/src/text.ts`;
const MORE = `${LOOP}/src/more.ts`;
const ENTRIES = [
  'cli/main.ts',
  'index.ts',
  'commands.ts',
  'template/yaml/yaml.ts',
  'template/yaml-thread.ts',
];
const SCRIPTS = ['demo', 'order', 'redrive', 'republish', 'erase'];

/** A project whose commands print `printed`, as `npm ci` leaves it. The scripts have it from the loop's package. */
function builtProject(printed = '"from the sources"') {
  const root = mkdtempSync(path.join(tmpdir(), 'built-commands-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const put = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  put('package.json', '{"type":"module"}');
  for (const file of [
    ...[
      'bin/launch.mjs',
      'bin/lazy-files.mjs',
      'bin/page-build.mjs',
      'bin/private-folder.mjs',
      'bin/serverless-loop.mjs',
      'build.mjs',
      'package.json',
    ].map((name) => `${LOOP}/${name}`),
    ...['scripts/build.mjs', 'scripts/launch.mjs'],
  ])
    cpSync(file, path.join(root, file));
  const texts = (file: string) => path.relative(path.dirname(file), TEXT).replace(/^(?!\.)/, './');
  for (const entry of ENTRIES.map((name) => `${LOOP}/src/${name}`))
    put(entry, `import { text } from '${texts(entry)}'; export { text };`);
  put(`${LOOP}/src/cli/main.ts`, `import { text } from '../text.ts'; console.log(text);`);
  for (const name of SCRIPTS)
    put(
      `scripts/${name}.ts`,
      `import { text } from 'serverless-loop/commands'; console.log(text as string);`,
    );
  put(TEXT, `export const text: string = ${printed};`);
  for (const name of ['loop/loop.ts', 'console/mcp/sdk.ts']) put(`${LOOP}/src/${name}`, 'export {};');
  for (const name of ['main.tsx', 'index.html', 'icon.svg']) put(`${LOOP}/console/${name}`, '');
  mkdirSync(path.join(root, 'node_modules'));
  for (const [name, target] of [
    ['esbuild', path.resolve('node_modules/esbuild')],
    ['@esbuild', path.resolve('node_modules/@esbuild')],
    ['serverless-loop', `../${LOOP}`],
  ] as const)
    symlinkSync(target, path.join(root, 'node_modules', name));
  const node = (...args: string[]) => execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  const buildLoop = () => node(`${LOOP}/build.mjs`);
  // The scripts have the loop in them.
  const build = () => buildLoop() + node('scripts/build.mjs');
  return {
    root,
    build,
    change: (file: string, text: string) => put(file, text),
    loop: {
      built: path.join(root, LOOP, 'dist/main.js'),
      build: buildLoop,
      run: () => node(`${LOOP}/bin/serverless-loop.mjs`),
    },
    script: {
      built: path.join(root, 'build/demo.js'),
      build,
      run: () => node('scripts/launch.mjs', 'scripts/demo.ts'),
    },
    folders: { loop: path.join(root, LOOP, 'dist'), script: path.join(root, 'build') },
  };
}

describe.each(sampleOf(['loop', 'script'] as const, 1))('a command of the %s', (which) => {
  /** A build that can be told from its sources. */
  function built(printed?: string) {
    const project = builtProject(printed);
    project[which].build();
    writeFileSync(project[which].built, 'console.log("from the build");');
    return { ...project, run: project[which].run };
  }

  test('runs as it was built, and from its sources as soon as one of them has changed', () => {
    const project = built();
    expect(project.run()).toBe('from the build\n');
    appendFileSync(path.join(project.root, TEXT), '\n');
    expect(project.run()).toBe('from the sources\n');
  });

  onlyInMatrix(() => {
    test('runs from its sources when a source of the build is gone', () => {
      const project = builtProject();
      project.change(MORE, 'export {};');
      appendFileSync(path.join(project.root, TEXT), `\nimport './more.ts';`);
      project[which].build();
      writeFileSync(project[which].built, 'console.log("from the build");');
      project.change(TEXT, `export const text = 'from the sources';`);
      rmSync(path.join(project.root, MORE));
      expect(project[which].run()).toBe('from the sources\n');
    });

    test.each(['', '{', 'null', '{"commands":{},"inputs":{}}'])(
      'a manifest that holds %j is no build',
      (text) => {
        const project = built();
        writeFileSync(path.join(project.folders[which], 'manifest.json'), text);
        expect(project.run()).toBe('from the sources\n');
      },
    );
  });

  test('prints as built what its sources print, and another build takes its place', () => {
    const project = builtProject('"one"');
    project[which].build();
    expect(project[which].run()).toBe('one\n');
    project.change(TEXT, `export const text = 'two';`);
    project[which].build();
    expect(project[which].run()).toBe('two\n');
  });
});

test('a script that has changed runs from its source, with the loop as it was built', () => {
  const project = builtProject();
  project.build();
  project.change(
    'scripts/demo.ts',
    `import { text } from 'serverless-loop/commands'; console.log('new', text);`,
  );
  expect(project.script.run()).toBe('new from the sources\n');
});

test('sources that can not be built are no failure of the installation', () => {
  expect(builtProject('%').build()).toBe('');
});

test('a loop that runs while another is built finds its files still; those of the build before it are gone', () => {
  const project = builtProject('"one"');
  const files = () => readdirSync(project.folders.loop);
  project.change(MORE, 'export const more = 1;');
  const lazily = (text: string) =>
    `export const text: string = '${text}'; export const more = () => import('./more.ts');`;
  project.change(TEXT, lazily('one'));
  project.loop.build();
  const first = files();
  project.change(MORE, 'export const more = 2;');
  project.loop.build();
  const second = files();
  expect(second).toEqual(expect.arrayContaining(first));
  expect(second.length).toBeGreaterThan(first.length);
  project.change(MORE, 'export const more = 3;');
  project.loop.build();
  expect(first.filter((file) => !files().includes(file))).not.toEqual([]);
});

test('the modules of a loop are one file, whichever of them a file that is loaded later needs', () => {
  const { root, change, loop, folders } = builtProject();
  for (const name of ['one', 'two']) {
    change(`${LOOP}/src/${name}.ts`, `export const ${name} = 'the text of ${name}';`);
    change(`${LOOP}/src/later-${name}.ts`, `import { ${name} } from './${name}.ts'; console.log(${name});`);
  }
  change(
    `${LOOP}/src/loop/loop.ts`,
    `import { one } from '../one.ts'; import { two } from '../two.ts'; console.log(one.length + two.length);`,
  );
  change(
    `${LOOP}/src/cli/main.ts`,
    `import './../loop/loop.ts'; await import('../later-one.ts'); await import('../later-two.ts');`,
  );
  loop.build();
  const holding = (text: string) =>
    readdirSync(folders.loop).filter(
      (file) => file.endsWith('.js') && readFileSync(path.join(folders.loop, file), 'utf8').includes(text),
    );
  expect(holding('the text of one')).toHaveLength(1);
  expect(holding('the text of two')).toEqual(holding('the text of one'));
  // As from the sources.
  const built = loop.run();
  appendFileSync(path.join(root, TEXT), '\n');
  expect([built, loop.run()]).toEqual(Array(2).fill('30\nthe text of one\nthe text of two\n'));
});
