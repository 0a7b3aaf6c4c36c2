import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testFolder, testLambda } from '../integration/lambda/test-lambda.ts';
import { functionModel } from '../unit/lambda/function-model.ts';
import { findTool } from './tool.ts';

/** AWS's client for it comes from PyPI the first time. */
const python = await findTool('python3');

test.runIf(python.expected)(
  "a function in Python runs with AWS's client, and reports what it raises",
  async () => {
    const codeUri = testFolder({
      'app.py': `import os
def handler(event, context):
  print("called")
  if event.get("fails"): raise ValueError("no")
  return [event["n"], context.function_name, os.getcwd() == os.environ["LAMBDA_TASK_ROOT"]]
`,
      'bad.py': 'raise ValueError("at once")',
    });
    const options = { runtime: 'python3.12', timeoutMs: 10_000, code: { kind: 'folder', codeUri } } as const;
    const good = functionModel({ ...options, handler: 'app.handler' });
    const bad = functionModel({ ...options, name: 'bad', handler: 'bad.handler' });
    const lambda = await testLambda([good, bad]);
    expect((await lambda.call({ n: 3 })).answer).toEqual([3, 'packer', true]);
    expect((await lambda.call({ fails: true })).answer).toMatchObject({
      errorType: 'ValueError',
      errorMessage: 'no',
    });
    expect((await lambda.call({}, { functionName: 'bad' })).answer).toMatchObject({
      errorMessage: 'at once',
    });
    expect(lambda.facts.lines('function')).toContain('called');
    expect(readdirSync(codeUri)).toEqual(['app.py', 'bad.py']);
  },
  120_000,
);
