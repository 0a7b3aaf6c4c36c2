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

/** Each tells what came of a connection. */
const REACHING = `import errno, socket, urllib.request, boto3, os
from botocore.config import Config
def code_of(connect):
  try:
    connect()
    return "connected"
  except Exception as error:
    while not isinstance(error, OSError) or error.errno is None:
      error = getattr(error, "reason", None) or error.__cause__ or error.__context__
    return errno.errorcode.get(error.errno, error.errno)
def handler(event, context):
  plain = dict(endpoint_url="https://sqs.eu-west-1.amazonaws.com", config=Config(retries={"total_max_attempts": 1}))
  return [
    code_of(lambda: urllib.request.urlopen("https://s3.eu-west-1.amazonaws.com/x", timeout=2)),
    code_of(lambda: urllib.request.urlopen("http://169.254.169.254/latest/", timeout=2)),
    code_of(lambda: socket.create_connection(("db.x.eu-west-1.rds.amazonaws.com", 5432), 2)),
    code_of(lambda: boto3.client("sqs", **plain).list_queues()),
    os.environ["AWS_ENDPOINT_URL"] == boto3.client("sqs").meta.endpoint_url,
  ]
`;

test.runIf(python.expected)(
  'a function in Python that connects to AWS is refused, and named',
  async () => {
    const codeUri = testFolder({ 'app.py': REACHING });
    const code = { kind: 'folder', codeUri } as const;
    const fn = functionModel({
      runtime: 'python3.12',
      handler: 'app.handler',
      timeoutMs: 30_000,
      memorySizeMB: 256,
      code,
    });
    const lambda = await testLambda([fn]);
    const refused = 'ECONNREFUSED';
    expect((await lambda.call()).answer).toEqual([refused, refused, refused, refused, true]);
    expect(lambda.facts.ofKind('aws.refused').map(({ functionName, host }) => [functionName, host])).toEqual([
      ['packer', 's3.eu-west-1.amazonaws.com'],
      ['packer', '169.254.169.254'],
      ['packer', 'db.x.eu-west-1.rds.amazonaws.com'],
      ['packer', 'sqs.eu-west-1.amazonaws.com'],
    ]);
  },
  120_000,
);
