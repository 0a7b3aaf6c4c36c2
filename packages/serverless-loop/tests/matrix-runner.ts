import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import type { RunnerTestFile } from 'vitest';
import QuickRunner from './quick-runner.ts';

/** Vitest's JSON report, as far as it is read here. */
export interface Report {
  testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
}

/** A test, or a suite or file with some. */
export interface LeftOut {
  type: string;
  name: string;
  mode: string;
  tasks?: LeftOut[];
}

/**
 * Leaves out what `npm test` has run as whole as the matrix would, going by its report at MATRIX_BEYOND: tests that passed
 * there, in files whose samples are nothing but names in the list. Without a report all tests run.
 */
export default class MatrixRunner extends QuickRunner {
  onBeforeRunFiles(files: RunnerTestFile[]): void {
    const { MATRIX_BEYOND: report } = process.env;
    if (report === undefined || !existsSync(report)) return;
    const passed = passedIn(JSON.parse(readFileSync(report, 'utf8')));
    for (const file of files)
      if (listsItsSamples(readFileSync(file.filepath, 'utf8'))) leaveOut(file, passed.get(file.filepath));
  }
}

/** By file, the full names of the tests that passed. */
export function passedIn({ testResults }: Report): Map<string, Set<string>> {
  return new Map(
    testResults.map(({ name, assertionResults }) => [
      name,
      new Set(assertionResults.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName)),
    ]),
  );
}

/** Every case is a test by its name; more runs of a test, or more of something within one, are not. */
export function listsItsSamples(text: string): boolean {
  const source = text.replaceAll(/^import .*$/gm, '');
  const all = source.match(/\b(?:sampleOf|runsOf)\b/g) ?? [];
  const listed = source.match(/\.each\(\s*sampleOf\b/g) ?? [];
  return all.length === listed.length;
}

/** Skips the tests of a file or suite that passed; full names are the suites' and their own, but for the file's. */
export function leaveOut(suite: LeftOut, passed = new Set<string>(), names: string[] = []): void {
  const { tasks = [] } = suite;
  for (const task of tasks) {
    const path = [...names, task.name];
    if (task.type === 'suite') leaveOut(task, passed, path);
    else if (passed.has(path.join(' '))) task.mode = 'skip';
  }
  if (tasks.every(({ mode }) => mode === 'skip')) suite.mode = 'skip';
}
