import { describe, expect, test } from 'vitest';
import type { Statement } from '../../../src/aws/statement.ts';
import type { Fact } from '../../../src/facts.ts';
import { startIam } from '../../../src/services/iam/authorize.ts';

const place = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' };
const TABLE = 'arn:aws:dynamodb:eu-west-1:123456789012:table/boxes';
const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:returns';
const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:packer';

const getOnly: Statement = { effect: 'Allow', actions: ['dynamodb:GetItem'], resources: [TABLE] };

function iamWith(statements: Statement[]) {
  const role = { name: 'packer-role', arn: 'arn:aws:iam::123456789012:role/depot/packer-role', statements };
  const fn = { name: 'packer', role };
  const facts: Fact[] = [];
  const iam = startIam({ roles: [role], place, report: (fact) => facts.push(fact) });
  const caller = iam.identify(iam.credentialsFor(fn).accessKeyId);
  return { iam, fn, facts, caller };
}

describe('credentials', () => {
  test('are temporary-looking and alphanumeric, and stand for the role', () => {
    const { iam, fn } = iamWith([getOnly]);
    const { accessKeyId, secretAccessKey, sessionToken } = iam.credentialsFor(fn);
    expect(accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(secretAccessKey).toHaveLength(40);
    expect(sessionToken.length).toBeGreaterThan(20);
    expect(iam.identify(accessKeyId)).toEqual({ accessKeyId, roleArn: fn.role.arn });
  });

  test('are the same for every environment of a function, and others for another function', () => {
    const { iam, fn } = iamWith([getOnly]);
    expect(iam.credentialsFor(fn)).toEqual(iam.credentialsFor(fn));
    expect(iam.credentialsFor({ ...fn, name: 'other' }).accessKeyId).not.toBe(
      iam.credentialsFor(fn).accessKeyId,
    );
  });

  test('of the developer stand for no role', () => {
    const { iam } = iamWith([]);
    expect(iam.identify('AKIADEVELOPER')).toEqual({ accessKeyId: 'AKIADEVELOPER' });
    expect(iam.identify(undefined)).toEqual({});
  });
});

describe('a call', () => {
  const get = { action: 'dynamodb:GetItem', resource: TABLE };
  const put = { action: 'dynamodb:PutItem', resource: TABLE };

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
  test('passes when the role allows all it needs', () => {
    const { iam, caller, facts } = iamWith([getOnly]);
    iam.authorize({ caller }, [get, get], 'dynamodb');
    expect(facts).toEqual([]);
  });

  test('passes for the developer, whatever it needs', () => {
    const { iam, facts } = iamWith([]);
    iam.authorize({ caller: { accessKeyId: 'AKIADEVELOPER' } }, [put], 'dynamodb');
    expect(facts).toEqual([]);
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
  test('is refused, every time, when the role lacks one need', () => {
    const { iam, caller, facts } = iamWith([getOnly]);
    for (const _time of [1, 2]) {
      expect(() => iam.authorize({ caller }, [get, put], 'dynamodb')).toThrow(
        expect.objectContaining({
          code: 'AccessDeniedException',
          status: 400,
          message: `User: arn:aws:sts::123456789012:assumed-role/packer-role/packer is not authorized to perform: dynamodb:PutItem on resource: ${TABLE} because no identity-based policy allows the dynamodb:PutItem action`,
        }),
      );
    }
    const fact = {
      kind: 'call.denied',
      caller: 'packer',
      ...put,
      reason: "none of its role's policies allows it",
    };
    expect(facts).toEqual([fact, fact]);
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html: an explicit deny
  test('that a policy denies says so', () => {
    const deny: Statement = { effect: 'Deny', actions: ['dynamodb:*'], resources: ['*'] };
    const { iam, caller, facts } = iamWith([getOnly, deny]);
    expect(() => iam.authorize({ caller }, [get], 'dynamodb')).toThrow(
      `is not authorized to perform: dynamodb:GetItem on resource: ${TABLE} with an explicit deny in an identity-based policy`,
    );
    expect(facts).toMatchObject([{ reason: 'its role has a policy that denies it' }]);
  });

  test('whose policy has an operator the loop does not know is refused, and the fact names the operator', () => {
    const { iam, caller, facts } = iamWith([{ ...getOnly, conditions: { NumericEquals: { x: ['1'] } } }]);
    expect(() => iam.authorize({ caller }, [get], 'dynamodb')).toThrow('is not authorized');
    expect(facts).toMatchObject([{ reason: expect.stringContaining('NumericEquals') }]);
  });

  test('of SQS is refused with 403, the action in lower case and the old error name', () => {
    const { iam, caller } = iamWith([]);
    expect(() => iam.authorize({ caller }, [{ action: 'sqs:SendMessage', resource: QUEUE }], 'sqs')).toThrow(
      expect.objectContaining({
        status: 403,
        headers: { 'x-amzn-query-error': 'AccessDenied;Sender' },
        message: expect.stringContaining('perform: sqs:sendmessage on'),
      }),
    );
  });

  test('of Lambda is refused with 403', () => {
    const { iam, caller } = iamWith([]);
    const need = { action: 'lambda:InvokeFunction', resource: FUNCTION };
    expect(() => iam.authorize({ caller }, [need], 'lambda')).toThrow(
      expect.objectContaining({ status: 403, message: expect.stringContaining('lambda:InvokeFunction') }),
    );
  });

  test('is judged anew once the function has another role of the same name', () => {
    const { iam, fn, caller } = iamWith([getOnly]);
    iam.authorize({ caller }, [get], 'dynamodb');
    iam.roles.put({ ...fn.role, statements: [] });
    expect(() => iam.authorize({ caller }, [get], 'dynamodb')).toThrow('is not authorized');
  });
});

test('what AWS does in the name of a role needs the right of the role', () => {
  const { iam, fn } = iamWith([{ effect: 'Allow', actions: ['sqs:SendMessage'], resources: [QUEUE] }]);
  iam.authorizeRole(fn, { action: 'sqs:SendMessage', resource: QUEUE });
  expect(() => iam.authorizeRole(fn, { action: 'sqs:SendMessage', resource: `${QUEUE}2` })).toThrow(
    expect.objectContaining({ status: 403 }),
  );
});

describe("a resource's own policy", () => {
  const RULE = 'arn:aws:events:eu-west-1:123456789012:rule/depot/packed';
  const statements: Statement[] = [
    {
      effect: 'Allow',
      actions: ['sqs:SendMessage'],
      resources: [QUEUE],
      principals: { Service: ['events.amazonaws.com'] },
      conditions: {
        ArnEquals: { 'aws:SourceArn': [RULE] },
        StringEquals: { 'aws:SourceAccount': ['123456789012'] },
      },
    },
  ];
  const request = {
    statements,
    principal: { service: 'events.amazonaws.com' },
    action: 'sqs:SendMessage',
    resource: QUEUE,
  };

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
  test('lets in the rule it names, and no other', () => {
    const { iam } = iamWith([]);
    expect(iam.allows({ ...request, sourceArn: RULE })).toBe(true);
    expect(iam.allows({ ...request, sourceArn: `${RULE}2` })).toBe(false);
    expect(iam.allows(request)).toBe(false);
  });

  test('that refuses plain HTTP does not refuse the loop', () => {
    const { iam } = iamWith([]);
    const deny: Statement = {
      effect: 'Deny',
      actions: ['*'],
      resources: ['*'],
      principals: { AWS: ['*'] },
      conditions: { Bool: { 'aws:SecureTransport': ['false'] } },
    };
    expect(iam.allows({ ...request, statements: [...statements, deny], sourceArn: RULE })).toBe(true);
  });
});
