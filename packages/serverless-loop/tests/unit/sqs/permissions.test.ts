import { expect, test } from 'vitest';
import { testSqs } from './test-sqs.ts';

const ARN = 'arn:aws:sqs:eu-west-1:123456789012:parcels';
const Label = 'depot';

/** SQS with the queue `parcels`, and how its policy stands. */
function withPolicy() {
  const { call, ...rest } = testSqs();
  const policy = async () => {
    const { Attributes } = await call('GetQueueAttributes', { AttributeNames: ['Policy'] });
    return Attributes && JSON.parse(Object.values(Attributes).join(''));
  };
  return { ...rest, call, policy };
}

// LocalStack's record, test_sqs.snapshot.json, test_sqs_permission_lifecycle.
test('a permission becomes a statement of the queue’s policy, and is taken back by its label', async () => {
  const { call, policy } = withPolicy();
  const AWSAccountIds = ['668614515564', '111111111111'];
  await call('AddPermission', { Label, AWSAccountIds, Actions: ['ReceiveMessage'] });
  expect(await policy()).toEqual({
    Version: '2008-10-17',
    Id: `${ARN}/SQSDefaultPolicy`,
    Statement: [
      {
        Sid: 'depot',
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::668614515564:root', 'arn:aws:iam::111111111111:root'] },
        Action: 'SQS:ReceiveMessage',
        Resource: ARN,
      },
    ],
  });
  await expect(
    call('AddPermission', { Label, AWSAccountIds, Actions: ['SendMessage'] }),
  ).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: 'Value depot for parameter Label is invalid. Reason: Already exists.',
  });
  await call('AddPermission', { Label: 'other', AWSAccountIds, Actions: ['*'] });
  await call('RemovePermission', { Label });
  expect(await policy()).toMatchObject({ Statement: [{ Sid: 'other', Action: 'SQS:*' }] });
  await call('RemovePermission', { Label: 'other' });
  expect(await policy()).toBeUndefined();
  await expect(call('RemovePermission', { Label })).rejects.toThrow(
    "Value depot for parameter Label is invalid. Reason: can't find label.",
  );
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html
test('a permission joins the statements of a policy that is there', async () => {
  const { call, policy } = withPolicy();
  const own = { Sid: 'own', Effect: 'Deny', Principal: '*', Action: 'sqs:SendMessage', Resource: ARN };
  await call('SetQueueAttributes', {
    Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [own] }) },
  });
  await call('AddPermission', { Label, AWSAccountIds: ['111111111111'], Actions: ['SendMessage'] });
  expect(await policy()).toMatchObject({
    Version: '2012-10-17',
    Statement: [{ Sid: 'own' }, { Sid: Label }],
  });
});

// SQS API reference, "AddPermission".
test.each([
  [{ AWSAccountIds: ['1'] }, 'Value 1 for parameter PrincipalId is invalid. Reason: Unable to verify.'],
  [
    { Actions: ['DeleteQueue'] },
    'Value SQS:DeleteQueue for parameter ActionName is invalid. Reason: Please refer to the appropriate WSDL for a list of valid actions. ',
  ],
  [
    { Label: 'a b' },
    'Value a b for parameter Label is invalid. Reason: Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
  ],
])('AddPermission with %j is refused', async (input, message) => {
  const { call } = withPolicy();
  const whole = { Label, AWSAccountIds: ['111111111111'], Actions: ['SendMessage'] };
  await expect(call('AddPermission', { ...whole, ...input })).rejects.toMatchObject({ message });
});
