import { describe, expect, it } from 'vitest';
import { functionEnding, timeoutEnding } from '../../../src/services/lambda/environments/function-ending.ts';

const ID = '4d0f1a2b-0000-4000-8000-000000000000';
const exit = { kind: 'exit', outOfMemory: false } as const;

function payloadOf(ending: { payload: Buffer }): unknown {
  return JSON.parse(ending.payload.toString());
}

describe('how an invocation ends', () => {
  // LocalStack's record, tests/aws/services/lambda_/test_lambda.snapshot.json.
  it('is told in AWS’s words for a timeout', () => {
    expect(payloadOf(timeoutEnding(ID, 3000))).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${ID} Error: Task timed out after 3.00 seconds`,
    });
    expect(timeoutEnding(ID, 1500).outcome).toBe('timeout');
  });

  it.each([
    [{ ...exit, code: 0, signal: null }, 'Runtime.ExitError', 'Runtime exited without providing a reason'],
    [{ ...exit, code: 7, signal: null }, 'Runtime.ExitError', 'Runtime exited with error: exit status 7'],
    [
      { ...exit, code: null, signal: 'SIGSEGV' },
      'Runtime.ExitError',
      'Runtime exited with error: signal: segmentation fault',
    ],
    [
      { ...exit, code: null, signal: 'SIGABRT', outOfMemory: true },
      'Runtime.OutOfMemory',
      'Runtime exited with error: signal: killed',
    ],
  ])('names the exit %j', (ending, errorType, reason) => {
    const expected = { errorType, errorMessage: `RequestId: ${ID} Error: ${reason}` };
    expect(functionEnding(ID, ending)).toMatchObject({ outcome: 'error', ...expected });
    expect(payloadOf(functionEnding(ID, ending))).toEqual(expected);
  });

  it('passes a posted error on as it is, and reads its type and message', () => {
    const body = Buffer.from('{"errorType": "TapeEmpty", "errorMessage": "no tape", "trace": []}');
    expect(functionEnding(ID, { kind: 'answer', body, errorType: 'Unhandled' })).toEqual({
      outcome: 'error',
      payload: body,
      errorType: 'TapeEmpty',
      errorMessage: 'no tape',
    });
  });

  it('takes the type from the header when the posted body is no JSON', () => {
    const ending = functionEnding(ID, {
      kind: 'answer',
      body: Buffer.from('boom'),
      errorType: 'Custom.Boom',
    });
    expect(ending).toMatchObject({ outcome: 'error', errorType: 'Custom.Boom' });
  });

  it('refuses a response that is one byte too large', () => {
    const largest = Buffer.alloc(6_291_556);
    expect(functionEnding(ID, { kind: 'answer', body: largest }).outcome).toBe('ok');
    const tooLarge = functionEnding(ID, { kind: 'answer', body: Buffer.alloc(6_291_557) });
    expect(tooLarge).toMatchObject({ outcome: 'error', errorType: 'Function.ResponseSizeTooLarge' });
  });
});
