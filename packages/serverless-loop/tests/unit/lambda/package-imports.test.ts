import { expect, it } from 'vitest';
import type { BundledFile } from '../../../src/services/lambda/code/bundler.ts';
import {
  holdsImports,
  joinImports,
  packageImports,
} from '../../../src/services/lambda/code/package-imports.ts';

const FILE = '/project/node_modules/a/index.js';
const COMMON = '/project/node_modules/b/index.js';
const OWN = '/project/src/own.ts';

type Kind = BundledFile['imports'][number]['kind'];

function importsIn(code: string, kind: Kind = 'import-statement', file = FILE) {
  const imports = [{ specifier: `beyond:${file}`, kind }];
  const metafile = { inputs: {}, outputs: {} };
  const files = [{ path: 'dist/handler.js', contents: Buffer.from(code), imports }];
  return packageImports(
    { inputs: [OWN], emptyInputs: [], codeUri: '/project/src', outdir: '/project/out', files, metafile },
    { specifiers: { a: FILE }, theirs: ['/project/src/theirs.ts'], commonJs: [COMMON] },
  );
}

it.each([
  ['import "beyond:FILE";', { [FILE]: [] }],
  ['import { b, a as c } from "beyond:FILE";', { [FILE]: ['a', 'b'] }],
  ['import {\n  b,\n  a as $c\n} from "beyond:FILE";', { [FILE]: ['a', 'b'] }],
  ['import a from "beyond:FILE";', { [FILE]: ['default'] }],
  ['import a, { b } from "beyond:FILE";', { [FILE]: ['b', 'default'] }],
  ['import { default as a } from "beyond:FILE";', { [FILE]: ['default'] }],
  ['export { a as b } from "beyond:FILE";', { [FILE]: ['a'] }],
  ['import { a } from "beyond:FILE";\nimport { b } from "beyond:FILE";', { [FILE]: ['a', 'b'] }],
  ['import { a } from "../../src/theirs.ts";', { '/project/src/theirs.ts': ['a'] }],
  ['import { a } from "node:fs";', {}],
  ['const text = `import { a } from "beyond:FILE"`;', {}],
])('%s takes these names', async (code, names) => {
  expect(await importsIn(code.replaceAll('FILE', FILE))).toEqual(names);
});

it.each([
  'import * as a from "beyond:FILE";',
  'import a, * as b from "beyond:FILE";',
  'export * from "beyond:FILE";',
  'export * as a from "beyond:FILE";',
  'import a from "beyond:FILE" with { type: "json" };',
  'import { "a name" as a } from "beyond:FILE";',
  'import { é } from "beyond:FILE";',
  'import { "," as a } from "beyond:FILE";',
  'import { "}" as a, b } from "beyond:FILE";',
  'import defer * as a from "beyond:FILE";',
  'import source a from "beyond:FILE";',
])('%s takes what names of this kind do not say', async (code) => {
  expect(await importsIn(code.replaceAll('FILE', FILE))).toBeUndefined();
});

it.each(['dynamic-import', 'require-call', 'require-resolve'] as const)(
  'an import that is a %s can take any name',
  async (kind) => {
    expect(await importsIn('', kind)).toBeUndefined();
  },
);

it('CommonJS can be taken any way', async () => {
  const code = `import * as a from "beyond:${COMMON}";`;
  expect(await importsIn(code, 'import-statement', COMMON)).toEqual({ [COMMON]: [] });
  expect(await importsIn('', 'require-call', COMMON)).toEqual({ [COMMON]: [] });
});

it('more is wanted when a file or a name is new', () => {
  const there = { [FILE]: ['a', 'b'] };
  expect(holdsImports(there, {})).toBe(true);
  expect(holdsImports(there, { [FILE]: ['b'] })).toBe(true);
  expect(holdsImports(there, { [FILE]: ['c'] })).toBe(false);
  expect(holdsImports(there, { other: [] })).toBe(false);
});

it('what two want together is in order, and each once', () => {
  const joined = joinImports({ b: ['x'], a: ['z', 'y'] }, { b: ['w', 'x'], c: [] });
  expect(JSON.stringify(joined)).toBe(JSON.stringify({ a: ['y', 'z'], b: ['w', 'x'], c: [] }));
});
