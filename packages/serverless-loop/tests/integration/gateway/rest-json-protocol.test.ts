import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import { AwsError } from '../../../src/aws/errors.ts';
import type { Need, RestOperation } from '../../../src/aws/operation.ts';
import type { Routes } from '../../../src/gateway/gateway.ts';
import { gatewayUnderTest, invokeOf, post, signedFor, terminalErrors } from './gateway-under-test.ts';

const PATH = '/2015-03-31/functions/packer/invocations';

describe('an Invoke of the SDK', () => {
  test('reaches its operation and comes back with status, headers and body', async () => {
    const { clientOptions } = await gatewayUnderTest({
      rest: [
        invokeOf(({ params, query, headers, body }) => ({
          status: 202,
          headers: { 'X-Amz-Executed-Version': query.get('Qualifier') ?? '' },
          body: JSON.stringify([params, headers['x-amz-invocation-type'], body.toString()]),
        })),
      ],
    });
    const invoke = new InvokeCommand({
      FunctionName: 'arn:aws:lambda:eu-west-1:1:function:packer',
      InvocationType: 'Event',
      Qualifier: '7',
      Payload: '{"box":7}',
    });
    const { StatusCode, Payload, ExecutedVersion } = await new LambdaClient(clientOptions).send(invoke);
    expect({ StatusCode, ExecutedVersion }).toEqual({ StatusCode: 202, ExecutedVersion: '7' });
    expect(JSON.parse(Payload?.transformToString() ?? '')).toEqual([
      { functionName: 'arn:aws:lambda:eu-west-1:1:function:packer' },
      'Event',
      '{"box":7}',
    ]);
  });

  test('can be answered without a body', async () => {
    const { clientOptions } = await gatewayUnderTest({ rest: [invokeOf(() => ({ status: 204 }))] });
    const dryRun = new InvokeCommand({ FunctionName: 'packer', InvocationType: 'DryRun' });
    expect(await new LambdaClient(clientOptions).send(dryRun)).toMatchObject({ StatusCode: 204 });
  });

  test("gets its service's error with name, status, type and members", async () => {
    const { clientOptions } = await gatewayUnderTest({
      rest: [
        invokeOf(() => {
          throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
            status: 429,
            members: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
            headers: { 'Retry-After': '1' },
          });
        }),
      ],
    });
    await expect(
      new LambdaClient(clientOptions).send(new InvokeCommand({ FunctionName: 'packer' })),
    ).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      Type: 'User',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      retryAfterSeconds: '1',
      $metadata: { httpStatusCode: 429 },
    });
  });

  test('is authorized by what the path names', async () => {
    const needed: Need[] = [];
    const { clientOptions } = await gatewayUnderTest({
      rest: [invokeOf(() => ({ status: 200, body: '{}' }))],
      authorize(_call, needs, service) {
        needed.push(...needs);
        throw new AwsError('AccessDeniedException', `not ${service}`, { status: 403 });
      },
    });
    await expect(
      new LambdaClient(clientOptions).send(new InvokeCommand({ FunctionName: 'packer' })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: 'not lambda',
      $metadata: { httpStatusCode: 403 },
    });
    expect(needed).toEqual([{ action: 'lambda:InvokeFunction', resource: 'function:packer' }]);
  });

  test('that breaks the loop gets 500 without the cause, which the terminal gets', async () => {
    const told = terminalErrors();
    const { clientOptions } = await gatewayUnderTest({
      rest: [invokeOf(() => Promise.reject(new Error('the secret bug')))],
    });
    const failure = await new LambdaClient(clientOptions)
      .send(new InvokeCommand({ FunctionName: 'packer' }))
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      name: 'ServiceException',
      Type: 'Service',
      $metadata: { httpStatusCode: 500 },
    });
    expect(String(failure)).not.toContain('secret');
    expect(told).toHaveBeenCalledWith(expect.stringMatching(/^The loop failed to answer .*the secret bug/s));
  });
});

describe('a request', () => {
  test('without a signature is refused with 403', async () => {
    const { gateway } = await gatewayUnderTest({ rest: [invokeOf(() => ({ status: 200 }))] });
    const { status, headers, text } = await post(gateway, {}, '{}', PATH);
    expect(status).toBe(403);
    expect(headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
    expect(text).toContain('dummy credentials will do');
  });

  test('with broken percent-encoding in its path is 400', async () => {
    const { gateway } = await gatewayUnderTest({ rest: [invokeOf(() => ({ status: 200 }))] });
    const headers = { Authorization: signedFor('lambda') };
    const answer = await post(gateway, headers, '{}', PATH.replace('packer', '%zz'));
    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-amzn-errortype')).toBe('InvalidParameterValueException');
  });

  test('for a path that nothing answers gets a 404 that an SDK can read, and is a fact', async () => {
    const { clientOptions, facts } = await gatewayUnderTest({});
    await expect(new LambdaClient(clientOptions).send(new ListFunctionsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringContaining('nothing at GET /2015-03-31/functions'),
      $metadata: { httpStatusCode: 404 },
    });
    expect(facts).toEqual([
      {
        kind: 'call.unknown',
        service: 'lambda',
        operation: expect.stringMatching(/^GET \/2015-03-31\/functions/),
      },
    ]);
  });
});

describe('a service that only tools call', () => {
  const listBoxes: RestOperation = {
    name: 'ListBoxes',
    title: 'Depot',
    signingName: 'depot',
    method: 'GET',
    path: /^\/boxes$/,
    read: () => ({ given: {}, input: {}, problems: [] }),
    needs: () => [],
    answer: () => ({ status: 200, body: '{"Boxes":[]}' }),
  };

  async function depot(routes: Partial<Routes> = {}) {
    let loads = 0;
    const load = async () => {
      loads += 1;
      return [listBoxes];
    };
    const { gateway } = await gatewayUnderTest({
      lazyRest: [{ title: 'Depot', signingName: 'depot', load }],
      ...routes,
    });
    const get = async (headers: Record<string, string>, path = '/boxes') => {
      const response = await fetch(gateway.endpoint + path, { headers });
      return {
        status: response.status,
        code: response.headers.get('x-amzn-errortype'),
        text: await response.text(),
      };
    };
    return { get, loads: () => loads };
  }

  test('is found by the signature, and loaded when it is called', async () => {
    const { get, loads } = await depot();
    expect(await get({ Authorization: signedFor('tea') })).toMatchObject({
      code: 'UnknownOperationException',
    });
    expect(loads()).toBe(0);
    expect(await get({ Authorization: signedFor('depot') })).toMatchObject({
      status: 200,
      text: '{"Boxes":[]}',
    });
    expect(await get({ Authorization: signedFor('depot') }, '/tea')).toMatchObject({ status: 404 });
    expect(loads()).toBe(2);
  });

  test('takes no call that nobody signed, unless the loop was told to', async () => {
    const closed = await depot();
    expect(await closed.get({})).toMatchObject({ status: 403, code: 'MissingAuthenticationTokenException' });
    const open = await depot({ acceptsUnsigned: true });
    expect(await open.get({})).toMatchObject({ status: 200 });
  });

  test('takes a presigned URL for signed', async () => {
    const { get } = await depot();
    const credential = encodeURIComponent('AKID/20261123/eu-west-1/depot/aws4_request');
    expect(await get({}, `/boxes?X-Amz-Credential=${credential}`)).toMatchObject({ status: 200 });
  });
});

test('a call signed for another service is refused in the words of AWS', async () => {
  const { gateway } = await gatewayUnderTest({
    rest: [{ ...invokeOf(() => ({ status: 200 })), signingName: 'lambda' }],
  });
  const answer = await post(
    gateway,
    { Authorization: signedFor('sqs') },
    '{}',
    '/2015-03-31/functions/packer/invocations',
  );
  expect(answer.status).toBe(403);
  expect(answer.headers.get('x-amzn-errortype')).toBe('InvalidSignatureException');
  expect(JSON.parse(answer.text)).toMatchObject({
    Message: "Credential should be scoped to correct service: 'lambda'.",
  });
});
