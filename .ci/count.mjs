// Adds up the counts of vitest's JSON reports and prints them as the last line. A report that is missing, or that holds no
// test, is a failure: a suite that didn't run has not passed. Nor has a test that was skipped.
import { readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;
for (const file of process.argv.slice(2)) {
  const report = read(file);
  passed += report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  if (skipped > 0)
    console.error(`${skipped} skipped, which is failed here: ${namesOfSkipped(report).join('; ')}`);
  failed += skipped;
  // A file that can't be loaded fails without a test of its own.
  failed += Math.max(
    report.numFailedTests,
    report.numFailedTestSuites > 0 || report.numTotalTests === 0 ? 1 : 0,
  );
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    console.error(`no report at ${file}`);
    return {
      numPassedTests: 0,
      numFailedTests: 1,
      numPendingTests: 0,
      numTodoTests: 0,
      numFailedTestSuites: 0,
      numTotalTests: 0,
      testResults: [],
    };
  }
}

function namesOfSkipped(report) {
  return report.testResults
    .flatMap((file) => file.assertionResults)
    .filter((test) => ['skipped', 'pending', 'todo'].includes(test.status))
    .map((test) => test.fullName);
}
