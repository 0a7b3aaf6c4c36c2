import { describe, expect, test } from 'vitest';
import { AwsError } from '../../../local/aws/errors.ts';
import type { QueryProtocol } from '../../../local/gateway/gateway.ts';
import { gatewayUnderTest, post, signedFor, sqsOf } from './gateway-under-test.ts';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' };
const SIGNED = { ...FORM, Authorization: signedFor('sqs') };

const query: QueryProtocol = {
  parse(body) {
    const { Action = '', ...input } = Object.fromEntries(new URLSearchParams(body));
    if ('Broken' in input) throw new AwsError('InvalidParameterValue', 'Broken is broken');
    return { operation: Action, input };
  },
  render: (operation, output) => `<${operation}Response>${JSON.stringify(output)}</${operation}Response>`,
  renderError: ({ code, message }) => `<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
};

const json = [sqsOf({ SendMessage: ({ MessageBody }) => ({ echoed: MessageBody }) })];

describe('a form', () => {
  test("is a call of SQS's operation, whatever the path, and gets XML", async () => {
    const { gateway } = await gatewayUnderTest({ json, query });
    const answer = await post(
      gateway,
      SIGNED,
      'Action=SendMessage&MessageBody=a%20b',
      '/123456789012/returns',
    );
    expect(answer).toMatchObject({
      status: 200,
      text: '<SendMessageResponse>{"echoed":"a b"}</SendMessageResponse>',
    });
    expect(answer.headers.get('content-type')).toBe('text/xml');
    expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each([
    ['that is malformed', SIGNED, 'Action=SendMessage&Broken=1', 400, 'InvalidParameterValue'],
    ['without an action', SIGNED, 'MessageBody=a', 400, 'MissingAction'],
    ['that is not signed', FORM, 'Action=SendMessage', 403, 'MissingAuthenticationToken'],
  ])('%s is an error in XML', async (_what, headers, body, status, code) => {
    const { gateway } = await gatewayUnderTest({ json, query });
    const answer = await post(gateway, headers, body);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(`<Code>${code}`);
  });

  test.each([
    ['sqs', 'MakeTea'],
    ['sts', 'GetCallerIdentity'],
  ])('for %s %s is told what is not emulated, and is a fact', async (service, operation) => {
    const { gateway, facts } = await gatewayUnderTest({ json, query });
    const answer = await post(gateway, { ...FORM, Authorization: signedFor(service) }, `Action=${operation}`);
    expect(answer.text).toContain(`The loop doesn't emulate ${operation} of ${service}.`);
    expect(facts).toEqual([{ kind: 'call.unknown', service, operation }]);
  });

  test('is authorized as the same call in JSON', async () => {
    const { gateway } = await gatewayUnderTest({
      json,
      query,
      authorize: (_call, _needs, service) => {
        throw new AwsError('AccessDenied', `not ${service}`, { status: 403 });
      },
    });
    expect(await post(gateway, SIGNED, 'Action=SendMessage')).toMatchObject({
      status: 403,
      text: '<Error><Code>AccessDenied</Code><Message>not sqs</Message></Error>',
    });
  });
});

test('without the query protocol a form finds nothing', async () => {
  const { gateway } = await gatewayUnderTest({ json });
  expect(await post(gateway, SIGNED, 'Action=SendMessage')).toMatchObject({ status: 404 });
});
