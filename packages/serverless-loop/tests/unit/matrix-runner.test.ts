import { expect, test } from 'vitest';
import { runsOf as runs, sampleOf as sample } from '../matrix.ts';
import { type LeftOut, leaveOut, listsItsSamples, passedIn } from '../matrix-runner.ts';

const leaf = (name: string): LeftOut => ({ type: 'test', name, mode: 'run' });
const suite = (name: string, ...tasks: LeftOut[]): LeftOut => ({ type: 'suite', name, mode: 'run', tasks });

/** The names of what runs, with those of the suites around it. */
function running(task: LeftOut, path: string[] = []): string[] {
  if (task.mode === 'skip') return [];
  if (task.tasks === undefined) return [[...path, task.name].join(' > ')];
  return task.tasks.flatMap((each) => running(each, [...path, task.name]));
}

test('outside the matrix a sample has the first case and the last, and as many as asked for', () => {
  const cases = Array.from({ length: 100 }, (_, at) => at);
  expect(sample(cases, 5)).toEqual([0, 25, 50, 74, 99]);
  expect(sample(cases, 1)).toEqual([0]);
  expect(sample([1, 2], 5)).toEqual([1, 2]);
  expect([runs(100), runs(50, 100), runs(1)]).toEqual([5, 1, 1]);
});

test('tests that passed before are left out, by the names of their suites and their own', () => {
  const file = suite('file', leaf('a'), suite('outer', leaf('a'), suite('inner', leaf('b'), leaf('c'))));
  leaveOut(file, new Set(['a', 'outer inner b']));
  expect(running(file)).toEqual(['file > outer > a', 'file > outer > inner > c']);
});

test('a suite of which nothing is left does not run, nor what it does before its tests', () => {
  const inner = suite('inner', leaf('b'));
  const file = suite('file', suite('outer', inner), leaf('c'));
  leaveOut(file, new Set(['outer inner b']));
  expect([inner.mode, file.tasks?.[0]?.mode, file.mode]).toEqual(['skip', 'skip', 'run']);
});

test('without a report of the file all of it runs', () => {
  const file = suite('file', leaf('a'));
  leaveOut(file);
  expect(running(file)).toEqual(['file > a']);
});

test('of a report only what passed counts, file by file', () => {
  const passed = passedIn({
    testResults: [
      {
        name: '/one.test.ts',
        assertionResults: [
          { fullName: 'a', status: 'passed' },
          { fullName: 'b', status: 'failed' },
          { fullName: 'c', status: 'skipped' },
        ],
      },
      { name: '/two.test.ts', assertionResults: [{ fullName: 'b', status: 'passed' }] },
    ],
  });
  expect(Object.fromEntries(passed)).toEqual({
    '/one.test.ts': new Set(['a']),
    '/two.test.ts': new Set(['b']),
  });
});

// Not as calls: the matrix takes every file that calls one of them.
const [NAME, MORE] = ['sampleOf', 'runsOf'];
test.each([
  ['whose samples are names in its list', `test.each(${NAME}(CASES, 2))('%s', …); only(() => {})`, true],
  [
    'that imports it on one line',
    `import { ${NAME} } from 'x';\ntest.each(${NAME}(CASES, 2))('%s', …)`,
    true,
  ],
  ['that samples within a test', `for (const each of ${NAME}(CASES, 2)) …`, false],
  ['that tries more inputs in a test', `const RUNS = ${MORE}(100);`, false],
  ['with one of each kind', `test.each(${NAME}(A, 1))(…); const b = ${NAME}(B, 1);`, false],
])('a file %s may be left out in part: %j', (_how, source, may) => {
  expect(listsItsSamples(source)).toBe(may);
});
