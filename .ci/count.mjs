// Adds up the counts of vitest's JSON reports and prints them as the last line. A report that is missing, or that holds no
// test, is a failure: a suite that didn't run has not passed. Nor has a test that was skipped, unless it has passed in a report
// before that: the matrix leaves out what npm test has run.
import { readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;
/** By file and full name. */
const hasPassed = new Set();
for (const file of process.argv.slice(2)) {
  const report = read(file);
  passed += report.numPassedTests;
  const skipped = testsOf(report, 'skipped', 'pending', 'todo').filter((test) => !hasPassed.has(test));
  if (skipped.length > 0)
    console.error(`${skipped.length} skipped, which is failed here: ${skipped.join('; ')}`);
  failed += skipped.length;
  for (const test of testsOf(report, 'passed')) hasPassed.add(test);
  const failures = failuresOf(report);
  failed += failures.length;
  // The run is long: named again here, where whoever looks at its end sees them.
  for (const failure of failures) console.error(failure);
  if (report.numTotalTests === 0) failed += 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    console.error(`no report at ${file}`);
    return { numPassedTests: 0, numTotalTests: 0, testResults: [] };
  }
}

/** @returns one line for each test and file that failed, with the first lines of why */
function failuresOf(report) {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [`failed: ${name}: ${firstLines(message)}`] : [];
    return failed.map(
      ({ fullName, failureMessages }) =>
        `failed: ${name}: ${fullName}: ${firstLines(failureMessages.join('\n'))}`,
    );
  });
}

function firstLines(text = '') {
  return text.split('\n').slice(0, 5).join('\n').slice(0, 1_000);
}

function testsOf(report, ...statuses) {
  return report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => statuses.includes(status))
      .map(({ fullName }) => `${name}: ${fullName}`),
  );
}
