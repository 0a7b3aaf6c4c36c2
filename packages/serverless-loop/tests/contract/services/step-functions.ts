import { type Go, type ServiceContract, textIn } from '../contract.ts';

const ARN = 'arn:aws:states:eu-west-1:000000000000:';
const roleArn = 'arn:aws:iam::000000000000:role/contract-states';
const machine = (state: object) => JSON.stringify({ StartAt: 'S', States: { S: { ...state, End: true } } });
const pass = machine({ Type: 'Pass' });
const wait = machine({ Type: 'Wait', Seconds: 360_000 });

export const STEP_FUNCTIONS_CONTRACT: ServiceContract = {
  title: 'Step Functions',
  service: 'stepfunctions',
  async good(go, other) {
    const Statement = {
      Effect: 'Allow',
      Principal: { Service: 'states.amazonaws.com' },
      Action: 'sts:AssumeRole',
    };
    await other('iam', 'CreateRole', {
      RoleName: 'contract-states',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    });
    const May = { Effect: 'Allow', Action: 'states:*', Resource: '*' };
    await other('iam', 'PutRolePolicy', {
      ...{ RoleName: 'contract-states', PolicyName: 'may' },
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: May }),
    });
    await callMachines(go);
    await callExecutions(go);
    await callMapRuns(go, other);
    await callActivities(go);
  },
  nowhere: {
    stateMachineArn: `${ARN}stateMachine:nowhere`,
    executionArn: `${ARN}execution:nowhere:one`,
    activityArn: `${ARN}activity:nowhere`,
    resourceArn: `${ARN}stateMachine:nowhere`,
  },
  missing: 'StateMachineDoesNotExist',
  refused: [
    ['CreateStateMachine', { name: 'x', roleArn, definition: '{}' }, 'InvalidDefinition'],
    ['ListStateMachines', { nextToken: 'foreign' }, 'InvalidToken'],
    ['ListStateMachineVersions', { stateMachineArn: 'foreign' }, 'InvalidArn'],
    ['ListStateMachineAliases', { stateMachineArn: 'foreign' }, 'InvalidArn'],
    ['ValidateStateMachineDefinition', {}, 'ValidationException'],
    ['TestState', { definition: '{}', roleArn, input: '{}' }, 'InvalidDefinition'],
    ['DeleteStateMachine', { stateMachineArn: 'foreign' }, 'InvalidArn'],
    ['DeleteStateMachineVersion', { stateMachineVersionArn: 'foreign' }, 'InvalidArn'],
    ['CreateStateMachineAlias', { name: 'x', routingConfiguration: [] }, 'ValidationException'],
    ['DeleteStateMachineAlias', { stateMachineAliasArn: 'foreign' }, 'InvalidArn'],
    ...(
      [
        ['DescribeStateMachineAlias', {}],
        ['UpdateStateMachineAlias', { description: 'x' }],
      ] as const
    ).map(
      ([operation, more]) =>
        [
          operation,
          { stateMachineAliasArn: `${ARN}stateMachine:nowhere:live`, ...more },
          'ResourceNotFound',
        ] as const,
    ),
    ['TagResource', { resourceArn: `${ARN}stateMachine:nowhere`, tags: [] }, 'ResourceNotFound'],
    ['UntagResource', { resourceArn: `${ARN}stateMachine:nowhere`, tagKeys: [] }, 'ResourceNotFound'],
    ['ListTagsForResource', { resourceArn: `${ARN}stateMachine:nowhere` }, 'ResourceNotFound'],
    ...[
      ...['DescribeExecution', 'DescribeStateMachineForExecution', 'StopExecution', 'RedriveExecution'],
      ...['GetExecutionHistory', 'ListMapRuns'],
    ].map(
      (operation) =>
        [operation, { executionArn: `${ARN}execution:nowhere:one` }, 'ExecutionDoesNotExist'] as const,
    ),
    ...['DescribeMapRun', 'UpdateMapRun'].map(
      (operation) =>
        [
          operation,
          { mapRunArn: `${ARN}mapRun:nowhere/x:00000000-0000-4000-8000-000000000000` },
          'ResourceNotFound',
        ] as const,
    ),
    ['CreateActivity', { name: 'no name' }, 'InvalidName'],
    ['DescribeActivity', { activityArn: `${ARN}activity:nowhere` }, 'ActivityDoesNotExist'],
    ['GetActivityTask', { activityArn: `${ARN}activity:nowhere` }, 'ActivityDoesNotExist'],
    ['DeleteActivity', { activityArn: 'foreign' }, 'InvalidArn'],
    ['ListActivities', { nextToken: 'foreign' }, 'InvalidToken'],
    ['SendTaskSuccess', { taskToken: 'foreign', output: '{}' }, 'InvalidToken'],
    ['SendTaskFailure', { taskToken: 'foreign' }, 'InvalidToken'],
    ['SendTaskHeartbeat', { taskToken: 'foreign' }, 'InvalidToken'],
  ],
};

async function callMachines(go: Go): Promise<void> {
  const { stateMachineArn } = await go('CreateStateMachine', { name: 'contract', roleArn, definition: pass });
  const of = { stateMachineArn };
  await go('DescribeStateMachine', of);
  await go('ValidateStateMachineDefinition', { definition: pass });
  const state = JSON.stringify({ Type: 'Pass', End: true });
  await go('TestState', { definition: state, roleArn, input: '{}', inspectionLevel: 'DEBUG' });
  await go('UpdateStateMachine', { ...of, definition: wait });
  const version = await go('PublishStateMachineVersion', of);
  const { stateMachineVersionArn } = version;
  await go('UpdateStateMachine', { ...of, definition: pass, publish: true });
  await go('ListStateMachineVersions', of);
  const routingConfiguration = [{ stateMachineVersionArn, weight: 100 }];
  const alias = await go('CreateStateMachineAlias', { name: 'live', routingConfiguration });
  await go('CreateStateMachineAlias', { name: 'test', routingConfiguration });
  const { stateMachineAliasArn } = alias;
  await go('DescribeStateMachineAlias', { stateMachineAliasArn });
  await go('UpdateStateMachineAlias', { stateMachineAliasArn, description: 'two' });
  await go('ListStateMachineAliases', of);
  for (const name of ['live', 'test'])
    await go('DeleteStateMachineAlias', {
      stateMachineAliasArn: String(stateMachineAliasArn).replace('live', name),
    });
  await go('DeleteStateMachineVersion', { stateMachineVersionArn });
  const resource = { resourceArn: stateMachineArn };
  await go('TagResource', { ...resource, tags: [{ key: 'a', value: 'b' }] });
  await go('ListTagsForResource', resource);
  await go('UntagResource', { ...resource, tagKeys: ['a'] });
  await go('DeleteStateMachine', of);
}

async function callExecutions(go: Go): Promise<void> {
  const express = await go('CreateStateMachine', {
    ...{ name: 'contract-express', roleArn, definition: pass, type: 'EXPRESS' },
  });
  await go('StartSyncExecution', { stateMachineArn: express.stateMachineArn, input: '{"a":1}' });
  const { stateMachineArn } = await go('CreateStateMachine', { name: 'waits', roleArn, definition: wait });
  await go('ListStateMachines');
  const { executionArn } = await go('StartExecution', { stateMachineArn, name: 'one' });
  await go('StartExecution', { stateMachineArn, name: 'two' });
  const of = { executionArn };
  await go('DescribeExecution', of);
  await go('DescribeStateMachineForExecution', of);
  await go('ListExecutions', { stateMachineArn });
  await go('StopExecution', of);
  await go('GetExecutionHistory', of);
  await go('RedriveExecution', of);
}

async function callMapRuns(go: Go, other: Parameters<ServiceContract['good']>[1]): Promise<void> {
  const ItemProcessor = {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    ...JSON.parse(wait),
  };
  const definition = machine({ Type: 'Map', ItemProcessor });
  const { stateMachineArn } = await go('CreateStateMachine', { name: 'maps', roleArn, definition });
  const { executionArn } = await go('StartExecution', { stateMachineArn, input: '[1]' });
  const started = async () =>
    Object((await other('stepfunctions', 'ListMapRuns', { executionArn })).mapRuns)[0];
  while (!(await started())) await new Promise((resolve) => setTimeout(resolve, 2));
  const { mapRuns } = await go('ListMapRuns', { executionArn });
  const mapRunArn = textIn(mapRuns, 0, 'mapRunArn');
  await go('UpdateMapRun', { mapRunArn, maxConcurrency: 5 });
  await go('DescribeMapRun', { mapRunArn });
}

async function callActivities(go: Go): Promise<void> {
  const { activityArn } = await go('CreateActivity', { name: 'paint' });
  await go('CreateActivity', { name: 'dry' });
  await go('DescribeActivity', { activityArn });
  await go('ListActivities');
  const definition = machine({ Type: 'Task', Resource: activityArn });
  const { stateMachineArn } = await go('CreateStateMachine', { name: 'paints', roleArn, definition });
  for (const end of ['SendTaskSuccess', 'SendTaskFailure']) {
    await go('StartExecution', { stateMachineArn });
    const { taskToken } = await go('GetActivityTask', { activityArn });
    await go('SendTaskHeartbeat', { taskToken });
    await go(end, { taskToken, ...(end === 'SendTaskSuccess' && { output: '{}' }) });
  }
  await go('DeleteActivity', { activityArn });
}
