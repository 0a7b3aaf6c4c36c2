import { findTool } from 'serverless-loop/tests';
import { describe, expect, test } from 'vitest';
import { EXAMPLES, typed } from '../pages/examples.ts';

const [cli, curl] = await Promise.all([findTool('aws'), findTool('curl')]);
const ANSWERS: Record<string, RegExp> = {
  'http-front': /"accepted":true/,
  'order-approval': /"decided": true/,
  'queue-worker': /"Successful"/,
  'scheduled-report': /"sales": 1,\n\s+"pieces": 2/,
};

describe.runIf(cli.expected && curl.expected)("every line of an example's page", () => {
  test.each(EXAMPLES)('%s', async (name) => {
    expect(await typed(name)).toMatch(ANSWERS[name] ?? /^$/);
  });
});
