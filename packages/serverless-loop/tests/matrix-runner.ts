import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { type RunnerTestFile, type RunnerTestSuite, TestRunner } from 'vitest';

/** Vitest's JSON report, as far as it is read here. */
interface Report {
  testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
}

/**
 * Leaves out what `npm test` has run as whole as the matrix would, going by its report at MATRIX_BEYOND: tests that passed
 * there, in files whose samples are nothing but names in the list. Without a report all tests run.
 */
export default class MatrixRunner extends TestRunner {
  onBeforeRunFiles(files: RunnerTestFile[]): void {
    const { MATRIX_BEYOND: report } = process.env;
    if (report === undefined || !existsSync(report)) return;
    const passed = passedIn(JSON.parse(readFileSync(report, 'utf8')));
    for (const file of files) if (listsItsSamples(file.filepath)) leaveOut(file, passed.get(file.filepath));
  }
}

function passedIn({ testResults }: Report): Map<string, Set<string>> {
  return new Map(
    testResults.map(({ name, assertionResults }) => [
      name,
      new Set(assertionResults.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName)),
    ]),
  );
}

/** Every case is a test by its name; more runs of a test, or more of something within one, are not. */
function listsItsSamples(file: string): boolean {
  const source = readFileSync(file, 'utf8').replaceAll(/^import .*$/gm, '');
  const all = source.match(/\b(?:sampleOf|runsOf)\b/g) ?? [];
  const listed = source.match(/\.each\(\s*sampleOf\b/g) ?? [];
  return all.length === listed.length;
}

function leaveOut(suite: RunnerTestSuite, passed = new Set<string>(), names: string[] = []): void {
  for (const task of suite.tasks) {
    const path = [...names, task.name];
    if (task.type === 'suite') leaveOut(task, passed, path);
    else if (passed.has(path.join(' '))) task.mode = 'skip';
  }
  if (suite.tasks.every(({ mode }) => mode === 'skip')) suite.mode = 'skip';
}
