import type { BuildOptions } from 'esbuild';

/** A build property that esbuild or the loop can't take. */
export class BuildPropertyError extends Error {
  override readonly name = 'BuildPropertyError';
  readonly property: string;

  constructor(property: string, problem: string) {
    super(`BuildProperties.${property}: ${problem}`);
    this.property = property;
  }
}

/**
 * esbuild's options for a template's BuildProperties, as `sam build` passes them on: one flag a property, `false` for
 * no flag, a list for a repeated flag, and es2020, cjs and minify unless they say otherwise (AWS SAM guide, "Building
 * Node.js Lambda functions with esbuild"). Throws BuildPropertyError.
 */
export function esbuildOptions(properties: Record<string, unknown>): BuildOptions {
  const given = Object.entries(properties).filter(
    ([name, value]) => value !== undefined && value !== false && !WITHOUT_EFFECT.includes(name),
  );
  const options = given.map(([name, value]) => optionOf(name, value));
  const minify = properties.Minify === undefined ? { minify: true } : {};
  return Object.assign({ target: 'es2020', format: 'cjs', ...minify }, ...options);
}

function optionOf(name: string, value: unknown): BuildOptions {
  const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
  if (!option) throw new BuildPropertyError(name, 'no such build property');
  return option(propertyReader(name, value));
}

const SOURCEMAPS = ['linked', 'inline', 'external', 'both'] as const;

const LOADERS = [
  'base64',
  'binary',
  'copy',
  'css',
  'dataurl',
  'default',
  'empty',
  'file',
  'js',
  'json',
  'jsx',
  'local-css',
  'text',
  'ts',
  'tsx',
] as const;

/** Set by `sam build` itself or about npm; and only about what is printed or written beside the artifact. */
const WITHOUT_EFFECT = [
  'Bundle',
  'Outdir',
  'Platform',
  'UseNpmCi',
  'Color',
  'LogLevel',
  'LogLimit',
  'Metafile',
];

const OPTIONS: Record<string, (value: PropertyReader) => BuildOptions> = {
  Alias: (value) => ({ alias: value.pairs() }),
  AllowOverwrite: (value) => ({ allowOverwrite: value.flag() }),
  AssetNames: (value) => ({ assetNames: value.text() }),
  Banner: (value) => ({ banner: value.pairs() }),
  Charset: (value) => ({ charset: value.oneOf(['ascii', 'utf8']) }),
  ChunkNames: (value) => ({ chunkNames: value.text() }),
  Conditions: (value) => ({ conditions: value.commaList() }),
  Define: (value) => ({ define: value.pairs() }),
  Drop: (value) => ({ drop: value.list().map((item) => value.memberOf(item, ['console', 'debugger'])) }),
  DropLabels: (value) => ({ dropLabels: value.commaList() }),
  EntryNames: (value) => ({ entryNames: value.text() }),
  External: (value) => ({ external: value.list() }),
  Footer: (value) => ({ footer: value.pairs() }),
  Format: (value) => ({ format: value.oneOf(['cjs', 'esm', 'iife']) }),
  GlobalName: (value) => ({ globalName: value.text() }),
  IgnoreAnnotations: (value) => ({ ignoreAnnotations: value.flag() }),
  Inject: (value) => ({ inject: value.list() }),
  Jsx: (value) => ({ jsx: value.oneOf(['transform', 'automatic', 'preserve']) }),
  JsxDev: (value) => ({ jsxDev: value.flag() }),
  JsxFactory: (value) => ({ jsxFactory: value.text() }),
  JsxFragment: (value) => ({ jsxFragment: value.text() }),
  JsxImportSource: (value) => ({ jsxImportSource: value.text() }),
  JsxSideEffects: (value) => ({ jsxSideEffects: value.flag() }),
  KeepNames: (value) => ({ keepNames: value.flag() }),
  LegalComments: (value) => ({ legalComments: value.oneOf(['none', 'inline', 'eof', 'linked', 'external']) }),
  LineLimit: (value) => ({ lineLimit: Number(value.text()) }),
  Loader: (value) => ({
    loader: Object.fromEntries(
      Object.entries(value.pairs()).map(([extension, loader]) => [
        extension,
        value.memberOf(loader, LOADERS),
      ]),
    ),
  }),
  MainFields: (value) => ({ mainFields: value.commaList() }),
  Minify: (value) => ({ minify: value.flag() }),
  MinifyIdentifiers: (value) => ({ minifyIdentifiers: value.flag() }),
  MinifySyntax: (value) => ({ minifySyntax: value.flag() }),
  MinifyWhitespace: (value) => ({ minifyWhitespace: value.flag() }),
  OutExtension: (value) => ({ outExtension: value.pairs() }),
  Outbase: (value) => ({ outbase: value.text() }),
  Packages: (value) => ({ packages: value.oneOf(['bundle', 'external']) }),
  PreserveSymlinks: (value) => ({ preserveSymlinks: value.flag() }),
  Pure: (value) => ({ pure: value.list() }),
  ResolveExtensions: (value) => ({ resolveExtensions: value.commaList() }),
  SourceRoot: (value) => ({ sourceRoot: value.text() }),
  Sourcemap: (value) => ({
    sourcemap: value.isTrue() ? true : value.oneOf(SOURCEMAPS),
  }),
  SourcesContent: (value) => ({ sourcesContent: value.flag() }),
  Splitting: (value) => ({ splitting: value.flag() }),
  Target: (value) => ({ target: value.commaList() }),
  TreeShaking: (value) => ({ treeShaking: value.flag() }),
  Tsconfig: (value) => ({ tsconfig: value.text() }),
  TsconfigRaw: (value) => ({ tsconfigRaw: value.text() }),
};

interface PropertyReader {
  isTrue(): boolean;
  flag(): boolean;
  text(): string;
  commaList(): string[];
  list(): string[];
  /** A list of `key=value`. */
  pairs(): Record<string, string>;
  oneOf<T extends string>(allowed: readonly T[]): T;
  memberOf<T extends string>(text: string, allowed: readonly T[]): T;
}

function propertyReader(name: string, value: unknown): PropertyReader {
  function refuse(expected: string): never {
    throw new BuildPropertyError(name, `expected ${expected}, found ${JSON.stringify(value)}`);
  }
  const reader: PropertyReader = {
    isTrue: () => value === true,
    flag() {
      if (value === true || value === 'true') return true;
      return value === 'false' ? false : refuse('true or false');
    },
    text: () => (typeof value === 'string' || typeof value === 'number' ? String(value) : refuse('a text')),
    commaList: () => reader.text().split(','),
    list() {
      if (!Array.isArray(value)) return refuse('a list of texts');
      return value.map((item: unknown) => (typeof item === 'string' ? item : refuse('a list of texts')));
    },
    pairs() {
      const pairs = reader.list().map((item) => {
        const at = item.indexOf('=');
        return at > 0 ? [item.slice(0, at), item.slice(at + 1)] : refuse('a list of key=value');
      });
      return Object.fromEntries(pairs);
    },
    oneOf: (allowed) => reader.memberOf(reader.text(), allowed),
    memberOf: (text, allowed) =>
      allowed.find((candidate) => candidate === text) ?? refuse(`one of ${allowed.join(', ')}`),
  };
  return reader;
}
