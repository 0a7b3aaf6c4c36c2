/** The kind of a package: CommonJS, with or without the mark of a compiled ES module, or ES modules, with or without a default. */
type Kind = 'common' | 'compiled' | 'modern' | 'modernDefault';

export interface GeneratedProject {
  files: Record<string, string>;
  properties: Record<string, unknown>;
  /** All packages are of ES modules, or all of CommonJS. */
  isOfOneKind: boolean;
}

/**
 * A project of a few packages and a few own files that import one another every which way. The handler, in
 * src/own0.ts, answers with what each module gives and the order in which they ran. The same for the same seed.
 */
export function generatedProject(seed: number): GeneratedProject {
  const random = randomNumbers(seed);
  const chance = (share: number) => random() < share;
  const oneOf = <T>(items: readonly [T, ...T[]]): T => items[Math.floor(random() * items.length)] ?? items[0];
  const some = (most: number) => Array.from({ length: 2 + Math.floor(random() * (most - 1)) }, (_, n) => n);

  const style = oneOf(['mixed', 'common', 'modern'] as const);
  const kindsOf: Record<typeof style, [Kind, ...Kind[]]> = {
    mixed: ['common', 'compiled', 'modern', 'modernDefault'],
    common: ['common', 'compiled'],
    modern: ['modern', 'modernDefault'],
  };
  const packages = some(5).map(() => oneOf(kindsOf[style]));
  const owns = some(5);
  const hasAlias = chance(0.4);

  function packageFiles(kind: Kind, number: number): Record<string, string> {
    const folder = `node_modules/package${number}`;
    const isModern = kind.startsWith('modern');
    const isPure = chance(0.3);
    // A package that says that it has no effects has none by others either.
    const others = packages.flatMap((_, other) =>
      other !== number && !isPure && chance(0.3) ? [other] : [],
    );
    const manifest = {
      main: 'index.js',
      ...(isModern && chance(0.7) && { type: 'module' }),
      ...(isPure && { sideEffects: false }),
    };
    const effect = isPure ? '' : `globalThis.order.push('package${number}');`;
    const code = isModern
      ? modernPackage(kind, number, others, effect)
      : commonPackage(kind, number, others, effect);
    return { [`${folder}/package.json`]: JSON.stringify(manifest), [`${folder}/index.js`]: code };
  }

  function modernPackage(kind: Kind, number: number, others: number[], effect: string): string {
    const imports = others.map((other) =>
      packages[other]?.startsWith('modern')
        ? `import { a as a${other} } from 'package${other}';`
        : `import a${other} from 'package${other}';`,
    );
    return `${imports.join('\n')}
${hasAlias && effect && chance(0.4) ? "import { bump } from 'aliased'; bump();" : ''}
${effect}
export const a = 'a of ${number}';
export let count = 0;
export function add() { count += 1; return count; }
export class Named { who() { return 'Named of ${number}'; } }
export const seen = () => [${others.map((other) => `typeof a${other}`).join()}];
${kind === 'modernDefault' ? `export default 'default of ${number}';` : ''}`;
  }

  function commonPackage(kind: Kind, number: number, others: number[], effect: string): string {
    return `${kind === 'compiled' ? `Object.defineProperty(exports, '__esModule', { value: true }); exports.default = 'default of ${number}';` : ''}
${others.map((other) => `const a${other} = require('package${other}');`).join('\n')}
${effect}
exports.a = 'a of ${number}';
exports.count = 0;
exports.add = () => { exports.count += 1; return exports.count; };
exports.Named = class Named { who() { return 'Named of ${number}'; } };
exports.seen = () => [${others.map((other) => `typeof a${other}`).join()}];`;
  }

  function ownFile(number: number): string {
    const imports: string[] = [];
    const values: string[] = [];
    packages.forEach((kind, at) => {
      if (!chance(0.6)) return;
      const from = `from 'package${at}';`;
      const form = oneOf(['names', 'default', 'both', 'effect', 'again', 'all'] as const);
      const takesDefault = (form === 'default' || form === 'both') && kind !== 'modern';
      if (form === 'effect') imports.push(`import 'package${at}';`);
      if (form === 'again') imports.push(`export { a as again${at} } ${from}`);
      if (form === 'all' && !kind.startsWith('modern')) {
        imports.push(`import * as all${at} ${from}`);
        values.push(`Object.keys(all${at}).sort()`, `all${at}.a`);
      }
      if (takesDefault) {
        imports.push(`import default${at} ${from}`);
        values.push(`JSON.stringify(default${at})`);
      }
      if (form === 'names' || form === 'both') {
        imports.push(
          `import { a as a${at}, add as add${at}, count as count${at}, Named as Named${at}, seen as seen${at} } ${from}`,
        );
        values.push(
          `a${at}`,
          `count${at}`,
          `add${at}()`,
          `count${at}`,
          `new Named${at}().who()`,
          `seen${at}()`,
        );
      }
    });
    if (hasAlias && chance(0.5)) {
      imports.push("import { bumps, bump } from './aliased.ts';");
      values.push('bumps', '(bump(), bumps)');
    }
    for (const other of owns) {
      if (other === number || !chance(other > number ? 0.5 : 0.15)) continue;
      imports.push(`import { value as value${other} } from './own${other}.ts';`);
      values.push(`value${other}()`);
    }
    const shuffled = imports.map((line) => ({ line, at: random() })).sort((a, b) => a.at - b.at);
    const handler = 'export const handler = async () => ({ value: value(), order: globalThis.order });';
    return `import './order.ts';
${shuffled.map(({ line }) => line).join('\n')}
globalThis.order.push('own${number}');
let isAsked = false;
export function value() {
  if (isAsked) return 'asked before';
  isAsked = true;
  return [${values.join(', ')}];
}
${number === 0 ? handler : ''}`;
  }

  return {
    files: {
      'package.json': chance(0.5) ? '{"type":"module"}' : '{}',
      'package-lock.json': '{}',
      'src/order.ts': 'globalThis.order = [];',
      'src/aliased.ts': 'export let bumps = 0; export function bump() { bumps += 1; }',
      ...Object.assign({}, ...packages.map(packageFiles)),
      ...Object.fromEntries(owns.map((number) => [`src/own${number}.ts`, ownFile(number)])),
    },
    properties: {
      Minify: chance(0.5),
      Target: 'node24',
      MainFields: 'module,main',
      ...(hasAlias && { Alias: ['aliased=./aliased.ts'] }),
    },
    isOfOneKind: style !== 'mixed',
  };
}

/** Between 0 and 1, always the same for the same seed (a linear congruential generator). */
function randomNumbers(seed: number): () => number {
  let state = Math.imul(seed + 1, 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
