import { describe, expect, test } from 'vitest';
import { fixtures, load, problemsOf, reportOf, unavailableIn } from './load.ts';

const app = `${fixtures}/app`;
/** Metadata stand on line 5, CodeUri on 7, Handler on 8. */
const withCode = (properties: string, metadata = '{}') => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Packer:
    Type: AWS::Serverless::Function
    Metadata: ${metadata}
    Properties:
      ${properties.trim().replaceAll(/\n */g, '\n      ')}
      Runtime: nodejs24.x`;
const esbuild = (entryPoints: string, more = '') =>
  `{BuildMethod: esbuild, BuildProperties: {EntryPoints: ${entryPoints}${more}}}`;

describe("a function's code", () => {
  test('is a folder, relative to the template', () => {
    expect(load(withCode('CodeUri: app\nHandler: index.handler')).functions[0]?.code).toEqual({
      kind: 'folder',
      codeUri: app,
    });
  });

  test("is the template's own folder without CodeUri", () => {
    expect(load(withCode('Handler: app/index.handler')).functions[0]?.code).toEqual({
      kind: 'folder',
      codeUri: fixtures,
    });
  });

  test('is bundled when Metadata say so, with the properties they give', () => {
    const metadata = esbuild('[packer.ts]', ', Minify: true, Target: node24, External: [a, b]');
    expect(load(withCode('CodeUri: app/\nHandler: packer.handler', metadata)).functions[0]?.code).toEqual({
      kind: 'esbuild',
      codeUri: app,
      entryPoints: ['packer.ts'],
      properties: { Minify: true, Target: 'node24', External: ['a', 'b'] },
    });
  });

  test('may stand in the template', () => {
    const template = withCode('InlineCode: "exports.handler = 1"\nHandler: index.handler');
    expect(load(template).functions[0]?.code).toEqual({ kind: 'inline', source: 'exports.handler = 1' });
  });

  test.each([
    ['[packer.ts]', 'packer.handler'],
    ['[nested/loader.ts]', 'loader.handler'],
    ['[nested/loader]', 'loader.handler'],
    ['[packer.ts, nested/loader.ts]', 'nested/loader.handler'],
    ['[./packer.ts, nested/loader.ts]', 'packer.handler'],
  ])('bundled from %s it holds the handler %s', (entryPoints, handler) => {
    expect(problemsOf(withCode(`CodeUri: app/\nHandler: ${handler}`, esbuild(entryPoints)))).toEqual([]);
  });

  // SAM CLI, bundler.py, `_update_function_handler`, and app_builder.py, `_get_build_options`.
  test.each([
    ["the handler's path before it is built", esbuild('[nested/loader.ts]')],
    ['no entry point', '{BuildMethod: esbuild}'],
  ])('bundled with %s its handler becomes the name of the file alone', (_name, metadata) => {
    const [packer] = load(withCode('CodeUri: app/\nHandler: nested/loader.handler', metadata)).functions;
    expect(packer).toMatchObject({ handler: 'loader.handler', code: { kind: 'esbuild' } });
  });

  test('of a layer is not looked for', () => {
    expect(problemsOf(withCode('CodeUri: app/\nHandler: /opt/wrapper.handler'))).toEqual([]);
  });

  test.each([
    [
      'a folder that is not there',
      withCode('CodeUri: gone/\nHandler: index.handler'),
      `template.yaml:7: Packer: Code, expected the folder of the code (CodeUri), found nothing at ${fixtures}/gone`,
    ],
    [
      'a handler whose file is not there',
      withCode('CodeUri: app/\nHandler: lib/index.handler'),
      `template.yaml:8: Packer: Handler, expected the handler's file at ${app}/lib/index.js, .mjs or .cjs, found nothing`,
    ],
    [
      'a handler in TypeScript that nothing bundles',
      withCode('CodeUri: app/\nHandler: packer.handler'),
      `template.yaml:8: Packer: Handler, expected JavaScript at ${app}/packer.js, found only ${app}/packer.ts (does "Metadata: BuildMethod: esbuild" miss?)`,
    ],
    [
      'a handler without export',
      withCode('CodeUri: app/\nHandler: index'),
      'template.yaml:8: Packer: Handler, expected file.export, found "index"',
    ],
    [
      'an entry point that is not there',
      withCode('CodeUri: app/\nHandler: gone.handler', esbuild('[gone.ts]')),
      `template.yaml:5: Packer: Metadata.BuildProperties.EntryPoints, expected a source file, found nothing at ${app}/gone.ts`,
    ],
    [
      'a handler that no bundle holds',
      withCode('CodeUri: app/\nHandler: nested/packer.handler', esbuild('[nested/loader.ts]')),
      "template.yaml:8: Packer: Handler, expected one of the bundle's modules (loader), found packer",
    ],
    [
      'inline code with another handler',
      withCode('InlineCode: "1"\nHandler: main.handler'),
      'template.yaml:8: Packer: Handler, expected index.<export>, as inline code becomes index.js, found main',
    ],
  ])('%s makes the function unavailable, told with its line and the path', (_name, template, message) => {
    expect(unavailableIn(template)).toEqual([message]);
    expect(load(template).functions).toEqual([]);
    expect(problemsOf(template, { strict: true })).toEqual([
      message.replace('Packer: ', 'Packer: unavailable: '),
    ]);
  });

  test('without a handler is refused with its line, as on AWS', () => {
    expect(problemsOf(withCode('CodeUri: app/'))).toEqual([
      'template.yaml:3: Packer: Handler, expected text, found nothing',
    ]);
  });

  test.each([
    ['CodeUri: s3://bucket/key', '{}', 'its code is in S3 (s3://bucket/key)'],
    ['CodeUri: app/index.js', '{}', 'its code is a packed file (app/index.js)'],
    [
      'CodeUri: app/',
      '{BuildMethod: makefile}',
      'the build method makefile is not run: sam build && serverless-loop start --template .aws-sam/build/template.yaml runs what it makes',
    ],
    [
      'PackageType: Image\nImageUri: a',
      '{}',
      'container images are not run; only zip packages are: sam build && sam local invoke Packer runs it in Docker',
    ],
  ])('that the loop has no way to run is named: %s', (properties, metadata, reason) => {
    const stack = load(withCode(`${properties}\nHandler: index.handler`, metadata));
    expect(stack.functions).toEqual([]);
    expect(reportOf(stack, 'Packer')).toMatchObject({ status: 'not emulated', reason });
  });
});
