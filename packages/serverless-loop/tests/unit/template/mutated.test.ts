// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Fn::Sub is written
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadStack } from '../../../src/services/load.ts';
import { TemplateError } from '../../../src/template/error.ts';
import { runsOf } from '../../matrix.ts';

const FOLDER = path.join(import.meta.dirname, 'sam-ids');
const TEMPLATES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => readFileSync(path.join(FOLDER, file), 'utf8'));

/** Values that stand where others are expected. */
const HOSTILE = [
  '',
  '~',
  '[]',
  '{}',
  '-1',
  '1e400',
  '"\\0"',
  '__proto__',
  'constructor',
  '${',
  '!Ref Packer',
  '!Ref [a]',
  '!GetAtt Packer',
  '!Sub "${Nobody.Arn}"',
  '!Sub [a]',
  '!If [Never, a]',
  '!Select [9, [a]]',
  '{Fn::GetAtt: {a: b}}',
  '{Fn::Transform: 1}',
  '{"Fn::ForEach::X": [I, [a], {}]}',
  '&a [*a]',
  '!!binary x',
  'x'.repeat(5_000),
  '['.repeat(200),
];

type Change = (lines: string[], at: number, value: string) => string[];

/** A token is a word, a text in quotes, a list or a map on one line. */
const TOKEN = /"[^"\n]*"|\[[^\]\n]*\]|\{[^{}\n]*\}|[\w:$.-]+/g;

const CHANGES: Record<string, Change> = {
  'drops a line': (lines, at) => (lines.length > 1 ? lines.toSpliced(at, 1) : lines),
  'has a line twice': (lines, at) => lines.toSpliced(at, 0, lines[at] ?? ''),
  'ends early': (lines, at) => lines.slice(0, at + 1),
  'moves a line in': (lines, at) => lines.with(at, `  ${lines[at]}`),
  'moves a line out': (lines, at) => lines.with(at, (lines[at] ?? '').replace(/^ {2}/, '')),
  'has another value': (lines, at, value) => lines.with(at, (lines[at] ?? '').replace(/:.*$/, `: ${value}`)),
  'has another token': (lines, at, value) => {
    const line = lines[at] ?? '';
    const tokens = [...line.matchAll(TOKEN)];
    const token = tokens[value.length % Math.max(1, tokens.length)];
    if (!token) return lines;
    return lines.with(at, line.slice(0, token.index) + value + line.slice(token.index + token[0].length));
  },
};

const change = fc.record({
  how: fc.constantFrom(...Object.keys(CHANGES)),
  at: fc.nat({ max: 60 }),
  value: fc.constantFrom(...HOSTILE),
});

function mutated(template: string, changes: readonly { how: string; at: number; value: string }[]): string {
  let lines = template.split('\n');
  for (const { how, at, value } of changes)
    lines = CHANGES[how]?.(lines, at % Math.max(1, lines.length), value) ?? lines;
  return lines.join('\n');
}

/** The problems of a template, as they are told; empty where it can be loaded. */
function problemsOf(source: string): string[] {
  try {
    loadStack({
      path: path.join(FOLDER, 'template.yaml'),
      source,
      stackName: 'mutated',
      place: { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' },
      endpoint: 'http://127.0.0.1:4580',
    });
    return [];
  } catch (error) {
    if (error instanceof TemplateError) return error.message.split('\n');
    throw error;
  }
}

test('a template that is damaged anywhere is loaded, or refused with the file and a line', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...TEMPLATES),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      (template, changes) => {
        for (const problem of problemsOf(mutated(template, changes)))
          expect(problem).toMatch(/^template\.yaml(?::\d+)?: .*[^\s]/);
      },
    ),
    { numRuns: runsOf(4_000, 60) },
  );
}, 120_000);
