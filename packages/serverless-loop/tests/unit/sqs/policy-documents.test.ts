import { expect, test } from 'vitest';
import { renderPolicyDocument } from '../../../src/aws/policy-document.ts';
import { parsePolicyDocument } from '../../../src/aws/policy-parsing.ts';

test('a policy document says the same after it was read', () => {
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'rule',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: ['arn:aws:sqs:eu-west-1:123456789012:a', 'arn:aws:sqs:eu-west-1:123456789012:b'],
        Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:events:eu-west-1:123456789012:rule/packed' } },
      },
      {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        NotAction: ['sqs:SendMessage', 'sqs:ReceiveMessage'],
        NotResource: 'x',
      },
    ],
  });
  expect(renderPolicyDocument(parsePolicyDocument(document) ?? [])).toBe(document);
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
test('one statement need not be in a list, and a bare star means everyone', () => {
  expect(parsePolicyDocument('{"Statement":{"Effect":"Allow","Principal":"*","Action":"sqs:*"}}')).toEqual([
    { effect: 'Allow', principals: { AWS: ['*'] }, actions: ['sqs:*'] },
  ]);
});

test.each(['no json', '[]', '{}', '{"Statement":[{"Effect":"Perhaps"}]}'])(
  '%s is no policy document',
  (text) => {
    expect(parsePolicyDocument(text)).toBeUndefined();
  },
);
