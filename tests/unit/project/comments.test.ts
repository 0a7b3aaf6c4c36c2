import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const PACKAGE = 'packages/serverless-loop';

const SOURCES = `{src,examples,scripts,tests,bench,${PACKAGE}/{bin,console,runtime,src,tests,bench}}/**/*.{ts,tsx,mts,mjs,cjs,sh}`;
const COMMENT = /^\s*(?:\/\*\*|\*|\/\/|#)\s*(.*)$/;
const QUESTION_WORD = /^(?:What|Who|Whom|Whose|Which|How|Whether|Why|Where|When)\b/;
/** "When the queue is empty, …": a clause that is over before the sentence is says when or where something holds. */
const ADVERBIAL = /^(?:Where|When)\b[^.:;]*,/;

/** Lines of comments that ask in place of saying. */
function asking(text: string): string[] {
  const lines = text.split('\n').map((line) => COMMENT.exec(line)?.[1]);
  return lines.flatMap((line, at) => {
    if (line === undefined || !QUESTION_WORD.test(line)) return [];
    return ADVERBIAL.test(`${line} ${lines[at + 1] ?? ''}`) ? [] : [line];
  });
}

describe('a comment begins with its subject or its verb:', () => {
  test.each([
    ['/** What a rule did with an event. */', 1],
    ['  // Who asks again gets the same.', 1],
    ['/**\n * Where it is kept.\n */', 1],
    ['/** Where it is kept: in a folder, by its name. */', 1],
    ['/** The effect of a rule on an event, and what became of it. */', 0],
    ['// When the queue is empty, it waits.', 0],
    ['// Where the template gives none\n// of them, all hold.', 0],
    ["const text = 'What is it?';", 0],
  ])('%j', (text, count) => {
    expect(asking(text)).toHaveLength(count);
  });

  test('in every file', () => {
    const files = globSync(SOURCES, { cwd: ROOT, exclude: ['**/node_modules/**'] });
    expect(files.length).toBeGreaterThan(1_000);
    expect(
      files.flatMap((file) => asking(read(file)).map((line) => `${file}: ${line}`)),
      'begin with the noun or the verb: "The message that …", "Keeps …", not with What, Who, Where or How',
    ).toEqual([]);
  });
});

/** The names that a module of the package exports, each with the module that declares it. */
function exportsOf(module: string): { file: string; name: string }[] {
  const text = read(module);
  const declared = [...text.matchAll(/^export (?:async )?(?:const|function|class|interface|type) (\w+)/gm)];
  const passedOn = [...text.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)';/gm)];
  return [
    ...declared.map(([, name = '']) => ({ file: module, name })),
    ...passedOn.flatMap(([, names = '', from = '']) => {
      const file = path.join(path.dirname(module), from);
      const wanted = new Set(names.split(',').map((name) => name.trim().replace(/^type /, '')));
      return exportsOf(file).filter(({ name }) => wanted.has(name));
    }),
  ];
}

describe.each(['index.ts', 'commands.ts'])('what %s exports', (face) => {
  const exported = exportsOf(`${PACKAGE}/src/${face}`);

  test('is all found', () => {
    const named = [...read(`${PACKAGE}/src/${face}`).matchAll(/^export (?:type )?\{([^}]*)\}/gm)];
    const names = named.flatMap(([, list = '']) => list.split(',').filter((name) => name.trim() !== ''));
    expect(names.length).toBeGreaterThan(3);
    expect(exported.length).toBeGreaterThanOrEqual(names.length);
  });

  test.each(exported)('$name has a doc comment', ({ file, name }) => {
    const declaration = new RegExp(
      `\\*/\\nexport (?:async )?(?:const|function|class|interface|type) ${name}\\b`,
    );
    expect(read(file)).toMatch(declaration);
  });
});
