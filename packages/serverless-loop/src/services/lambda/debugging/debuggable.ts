import type { FunctionModel } from '../../../template/model.ts';

/**
 * The function as it is built for a debugger: as declared, but that variables keep their names and statements their
 * lines. (esbuild still numbers one of two names that meet in a bundle; the source map knows the name it had.)
 */
export function debuggable(fn: FunctionModel): FunctionModel {
  if (fn.code.kind !== 'esbuild') return fn;
  const { code } = fn;
  return {
    ...fn,
    code: {
      ...code,
      properties: {
        ...code.properties,
        Minify: false,
        MinifyIdentifiers: false,
        MinifySyntax: false,
        MinifyWhitespace: false,
        Sourcemap: true,
      },
    },
  };
}
