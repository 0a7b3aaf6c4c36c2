import { describe, expect, it } from 'vitest';
import { BuildPropertyError, esbuildOptions } from '../../../src/services/lambda/code/build-properties.ts';

describe('build properties', () => {
  it('have the defaults of `sam build`', () => {
    expect(esbuildOptions({})).toEqual({ target: 'es2020', format: 'cjs', minify: true });
  });

  it('become options one to one', () => {
    expect(
      esbuildOptions({
        Minify: false,
        Format: 'esm',
        Target: 'node24,es2022',
        MainFields: 'module,main',
        Sourcemap: true,
        SourcesContent: 'false',
        KeepNames: true,
        External: ['sharp', '@aws-sdk/*'],
        Define: ['STAGE="dev"', 'URL="a=b"'],
        Banner: ['js=// first'],
        OutExtension: ['.js=.mjs'],
        Loader: ['.html=text'],
        Alias: ['semver=./shims/semver.ts'],
        LegalComments: 'none',
        Tsconfig: 'tsconfig.build.json',
      }),
    ).toEqual({
      format: 'esm',
      target: ['node24', 'es2022'],
      mainFields: ['module', 'main'],
      sourcemap: true,
      sourcesContent: false,
      keepNames: true,
      external: ['sharp', '@aws-sdk/*'],
      define: { STAGE: '"dev"', URL: '"a=b"' },
      banner: { js: '// first' },
      outExtension: { '.js': '.mjs' },
      loader: { '.html': 'text' },
      alias: { semver: './shims/semver.ts' },
      legalComments: 'none',
      tsconfig: 'tsconfig.build.json',
    });
  });

  it.each([
    [{ Minfy: true }, 'BuildProperties.Minfy: no such build property'],
    [{ toString: true }, 'BuildProperties.toString: no such build property'],
    [{ Format: 'umd' }, 'BuildProperties.Format: expected one of cjs, esm, iife, found "umd"'],
    [{ External: 'sharp' }, 'BuildProperties.External: expected a list of texts, found "sharp"'],
    [{ Define: ['STAGE'] }, 'BuildProperties.Define: expected a list of key=value, found ["STAGE"]'],
    [{ Minify: 'yes' }, 'BuildProperties.Minify: expected true or false, found "yes"'],
    [{ Loader: ['.x=nonsense'] }, 'BuildProperties.Loader: expected one of base64'],
  ])('that make no sense are named: %j', (properties, message) => {
    expect(() => esbuildOptions(properties)).toThrow(BuildPropertyError);
    expect(() => esbuildOptions(properties)).toThrow(message);
  });
});
