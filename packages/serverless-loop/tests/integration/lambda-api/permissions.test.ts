import { AddPermissionCommand, GetPolicyCommand, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { functionModel } from '../../unit/lambda-async/function-model.ts';
import { testApi } from './test-api.ts';

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:packer';
const RULE = 'arn:aws:events:eu-west-1:123456789012:rule/parcels/packed';
const permission = {
  FunctionName: `${ARN}:live`,
  StatementId: 'rule-may-invoke',
  Action: 'lambda:InvokeFunction',
  Principal: 'events.amazonaws.com',
  SourceArn: RULE,
};

const aliased = () => {
  const model = functionModel();
  return functionModel({ qualifiers: [{ name: 'live', version: '1', asyncInvoke: model.asyncInvoke }] });
};

test('a permission is added to the policy of the alias that is named, and removed', async () => {
  const fn = aliased();
  const { client } = await testApi([fn]);
  const { Statement = '' } = await client.send(new AddPermissionCommand(permission));
  const statement = {
    Sid: 'rule-may-invoke',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: `${ARN}:live`,
    Condition: { ArnLike: { 'aws:SourceArn': RULE } },
  };
  expect(JSON.parse(Statement)).toEqual(statement);
  const { Policy = '' } = await client.send(new GetPolicyCommand({ FunctionName: `${ARN}:live` }));
  expect(JSON.parse(Policy).Statement).toEqual([statement]);
  await expect(client.send(new GetPolicyCommand({ FunctionName: ARN }))).rejects.toThrow('does not exist');

  const { FunctionName, StatementId } = permission;
  await client.send(new RemovePermissionCommand({ FunctionName, StatementId }));
  expect(fn.resourcePolicy).toEqual([]);
});

test('a policy has 20 KB, and each alias one of its own', async () => {
  const { client } = await testApi([aliased()]);
  const add = (at: number, FunctionName: string) =>
    client.send(
      new AddPermissionCommand({ ...permission, FunctionName, StatementId: `${'x'.repeat(90)}${at}` }),
    );
  const many = async () => {
    for (let at = 0; at < 100; at += 1) await add(at, `${ARN}:live`);
  };
  await expect(many()).rejects.toMatchObject({ name: 'PolicyLengthExceededException' });
  await expect(add(0, ARN)).resolves.toBeDefined();
});

test('an account or everyone may be let in too', async () => {
  const fn = aliased();
  const { client } = await testApi([fn]);
  const { SourceArn: _, ...plain } = permission;
  await client.send(new AddPermissionCommand({ ...plain, Principal: '*', SourceAccount: '123456789012' }));
  expect(fn.resourcePolicy).toMatchObject([
    { principals: { AWS: ['*'] }, conditions: { StringEquals: { 'aws:SourceAccount': ['123456789012'] } } },
  ]);
});

test('a statement id that is there already is refused, and one that is not there is not found', async () => {
  const { client } = await testApi([aliased()]);
  await client.send(new AddPermissionCommand(permission));
  await expect(client.send(new AddPermissionCommand(permission))).rejects.toMatchObject({
    name: 'ResourceConflictException',
    message: expect.stringContaining('The statement id (rule-may-invoke) provided already exists.'),
  });
  const { FunctionName } = permission;
  await expect(
    client.send(new RemovePermissionCommand({ FunctionName, StatementId: 'other' })),
  ).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Statement other is not found in resource policy.',
  });
});

test.each([
  [{ FunctionName: 'nobody' }, 'ResourceNotFoundException', 'Function not found'],
  [{ FunctionName: `${ARN}:beta` }, 'ResourceNotFoundException', `Cannot find alias arn: ${ARN}:beta`],
  [{ FunctionName: `${ARN}:42` }, 'ResourceNotFoundException', `Function not found: ${ARN}:42`],
  [{ FunctionName: `${ARN}:$LATEST` }, 'InvalidParameterValueException', '$LATEST'],
  [
    { StatementId: 'example.com' },
    'ValidationException',
    "1 validation error detected: Value 'example.com' at 'statementId' failed to satisfy constraint: Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)",
  ],
  [
    { Principal: 'invalid.nonaws.com' },
    'InvalidParameterValueException',
    'The provided principal was invalid. Please check the principal and try again.',
  ],
  [{ Action: 's3:GetObject' }, 'ValidationException', "at 'action'"],
  [{ Principal: undefined }, 'ValidationException', "Value null at 'principal'"],
  [{ SourceArn: 'rule' }, 'ValidationException', "Value 'rule' at 'sourceArn'"],
  [{ SourceAccount: '12' }, 'ValidationException', "Value '12' at 'sourceAccount'"],
])('%o is refused with %s', async (change, name, part) => {
  const fn = aliased();
  const { client } = await testApi([fn]);
  await expect(client.send(new AddPermissionCommand({ ...permission, ...change }))).rejects.toMatchObject({
    name,
    message: expect.stringContaining(part),
  });
  expect(fn.resourcePolicy).toEqual([]);
});

test.each(['', '[]', 'null', '{'])('a body of %j is refused', async (body) => {
  const { endpoint } = await testApi([aliased()]);
  const answer = await fetch(`${endpoint}/2015-03-31/functions/packer/policy`, { method: 'POST', body });
  expect(answer.status).toBe(400);
});

// The words are LocalStack's record's, test_lambda_api.snapshot.json, test_permission_exceptions.
test.each([
  ['nobody', 'No policy found for: arn:aws:lambda:eu-west-1:123456789012:function:nobody'],
  [`${ARN}:beta`, `Cannot find alias arn: ${ARN}:beta`],
  [ARN, 'No policy is associated with the given resource.'],
])('a permission of %s that there is not is not removed', async (FunctionName, message) => {
  const { client } = await testApi([aliased()]);
  await expect(
    client.send(new RemovePermissionCommand({ FunctionName, StatementId: 's1' })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException', message });
});

test('the policy of no function is one that does not exist', async () => {
  const { client } = await testApi([aliased()]);
  for (const FunctionName of ['nobody', `${ARN}:42`])
    await expect(client.send(new GetPolicyCommand({ FunctionName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The resource you requested does not exist.',
    });
});
