import { describe, expect, it } from 'vitest';
import { callTraceHeader } from '../../../src/services/lambda/telemetry/trace.ts';
import { folderFunction, testLambda } from './test-lambda.ts';

const ENVIRONMENT = 'exports.handler = async () => process.env;';

/** All that a nodejs24.x function on AWS has, but for what only an invocation with a trace has. */
const NAMES_ON_AWS = [
  '_AWS_XRAY_DAEMON_ADDRESS',
  '_AWS_XRAY_DAEMON_PORT',
  '_HANDLER',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_XRAY_CONTEXT_MISSING',
  'AWS_XRAY_DAEMON_ADDRESS',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
  'LANG',
  'LD_LIBRARY_PATH',
  'NODE_PATH',
  'PATH',
  'PWD',
  'SHLVL',
  'TZ',
];

describe('the environment of a function', () => {
  it("has AWS's variables, the template's, the loop's endpoint, a home that isn't there, and no others", async () => {
    const lambda = await testLambda([folderFunction(ENVIRONMENT, { environment: { TABLE: 'orders' } })]);
    const { answer } = await lambda.call();
    expect(Object.keys(Object(answer)).sort()).toEqual(
      [...NAMES_ON_AWS, 'AWS_ENDPOINT_URL', 'HOME', 'TABLE'].sort(),
    );
    expect(answer).toMatchObject({
      _HANDLER: 'index.handler',
      AWS_ACCESS_KEY_ID: 'AKIDFN',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_FUNCTION_NAME: 'packer',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_RUNTIME_API: expect.stringMatching(/^127\.0\.0\.1:\d+\/[\w-]{32}$/),
      AWS_REGION: 'eu-west-1',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
      AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
      _AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1',
      _AWS_XRAY_DAEMON_PORT: '2000',
      LANG: 'en_US.UTF-8',
      TABLE: 'orders',
      TZ: ':UTC',
    });
  });

  it('has the time of UTC', async () => {
    const lambda = await testLambda([
      folderFunction('exports.handler = async () => new Date(0).getHours();'),
    ]);
    expect((await lambda.call()).answer).toBe(0);
  });

  it('takes NODE_OPTIONS of the template', async () => {
    const lambda = await testLambda([
      folderFunction(
        'exports.handler = async () => process.allowedNodeEnvironmentFlags.size > 0 && process.noDeprecation;',
        {
          environment: { NODE_OPTIONS: '--no-deprecation' },
        },
      ),
    ]);
    expect((await lambda.call()).answer).toBe(true);
  });

  it('shows no argument of the loop, and an empty standard input', async () => {
    const source = `exports.handler = async () => [process.argv.length, require('node:fs').readFileSync(0, 'utf8')];`;
    const lambda = await testLambda([folderFunction(source)]);
    expect((await lambda.call()).answer).toEqual([2, '']);
  });
});

it('has a trace in _X_AMZN_TRACE_ID without active tracing too, which is not sampled', async () => {
  const lambda = await testLambda([
    folderFunction('exports.handler = async () => process.env._X_AMZN_TRACE_ID;'),
  ]);
  const traceHeader = callTraceHeader(undefined, folderFunction(''), Date.now());
  expect((await lambda.call({}, { traceHeader })).answer).toBe(traceHeader);
  expect(traceHeader).toContain(';Sampled=0;');
});
