import { sampleOf } from 'serverless-loop/tests';
import { expect, test } from 'vitest';
import { EXAMPLES, typed } from '../../pages/examples.ts';

const NEEDS_TOOLS = /^(?:aws|curl) /;
const ANSWERS: Record<string, RegExp> = {
  'http-front': /"statusCode": 201/,
  'order-approval': /"decided": false/,
  'queue-worker': /"itemIdentifier": "2e1424d4/,
  'scheduled-report': /"day": "2026-01-31"/,
};

// Each types a dozen commands; the examples themselves have tests beside this one.
test.each(sampleOf(EXAMPLES, 1))('%s starts in its folder, and its page is true', async (name) => {
  expect(await typed(name, (line) => NEEDS_TOOLS.test(line))).toMatch(ANSWERS[name] ?? /^$/);
});
