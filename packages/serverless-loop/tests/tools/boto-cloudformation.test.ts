import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoopUnderTest, runLoop } from '../loop-in-process.ts';
import { type BotoCaller, botoCaller, findBoto } from './boto-caller.ts';
import { DEPOT, depotTemplate } from './depot.ts';

const python = await findBoto();
/** So many that their events fill more than a page. */
const SHELVES = Array.from({ length: 40 }, (_, at) => `  Shelf${at}: { Type: AWS::SQS::Queue }\n`).join('');
const TEMPLATE = DEPOT.replace('Outputs:\n', `${SHELVES}Outputs:\n`);

describe.runIf(python)('CloudFormation as boto3 reads it', () => {
  const StackName = 'depot';
  let running: LoopUnderTest & { stop(): Promise<void> };
  let boto: BotoCaller;
  beforeAll(async () => {
    running = await runLoop(depotTemplate(afterAll, TEMPLATE), {
      stackName: StackName,
      parameterOverrides: { LogLevel: 'DEBUG' },
    });
    boto = botoCaller(python ?? '', running.loop.endpoint);
  });
  afterAll(async () => {
    boto.stop();
    await running.stop();
  });
  const call = (operation: string, params?: Record<string, unknown>) =>
    boto.output('cloudformation', operation, params);
  const refuse = (operation: string, params: Record<string, unknown>) =>
    boto.refusal('cloudformation', operation, params);

  test('the stack that runs, by name, by id and among all', async () => {
    const { stack } = running.loop;
    const { Stacks: byName } = await call('DescribeStacks', { StackName });
    expect(byName).toMatchObject([
      {
        StackName,
        StackId: stack.id,
        StackStatus: 'CREATE_COMPLETE',
        EnableTerminationProtection: false,
        Description: expect.stringContaining('A depot'),
        Parameters: expect.arrayContaining([{ ParameterKey: 'LogLevel', ParameterValue: 'DEBUG' }]),
        Outputs: expect.arrayContaining([
          {
            OutputKey: 'PackerName',
            OutputValue: expect.stringContaining(`${StackName}-Packer-`),
            Description: expect.any(String),
          },
        ]),
      },
    ]);
    expect(await call('DescribeStacks', { StackName: stack.id })).toEqual({ Stacks: byName });
    expect(await call('DescribeStacks')).toEqual({ Stacks: byName });
    expect(await call('ListStacks', { StackStatusFilter: ['CREATE_COMPLETE'] })).toMatchObject({
      StackSummaries: [{ StackName, StackStatus: 'CREATE_COMPLETE' }],
    });
    expect(await call('ListStacks', { StackStatusFilter: ['DELETE_COMPLETE'] })).toEqual({
      StackSummaries: [],
    });
    expect(await call('ListExports')).toEqual({ Exports: [] });
  });

  test('its resources, and who holds a physical one', async () => {
    const { StackResourceSummaries: resources } = await call('ListStackResources', { StackName });
    expect(resources).toContainEqual(
      expect.objectContaining({
        LogicalResourceId: 'Lost',
        PhysicalResourceId: expect.stringMatching(`^${running.loop.endpoint}/000000000000/${StackName}-`),
        ResourceType: 'AWS::SQS::Queue',
        ResourceStatus: 'CREATE_COMPLETE',
      }),
    );
    const LogicalResourceId = 'Packer';
    const PhysicalResourceId = running.loop.stack.functions[0]?.name;
    expect(await call('DescribeStackResource', { StackName, LogicalResourceId })).toMatchObject({
      StackResourceDetail: { LogicalResourceId, PhysicalResourceId, StackName },
    });
    expect(await call('DescribeStackResources', { PhysicalResourceId })).toMatchObject({
      StackResources: expect.arrayContaining([expect.objectContaining({ PhysicalResourceId })]),
    });
    expect(await call('DescribeStackResources', { StackName, LogicalResourceId })).toMatchObject({
      StackResources: [{ PhysicalResourceId }],
    });
  });

  test('its events, the newest first, over pages', async () => {
    const events: Record<string, unknown>[] = [];
    let NextToken: unknown;
    do {
      const page = await call('DescribeStackEvents', { StackName, ...(NextToken ? { NextToken } : {}) });
      events.push(...[page.StackEvents].flat().map(Object));
      NextToken = page.NextToken;
    } while (NextToken);
    const ofStack = { LogicalResourceId: StackName, PhysicalResourceId: running.loop.stack.id };
    expect(events.length).toBeGreaterThan(100);
    expect(events.at(0)).toMatchObject({ ...ofStack, ResourceStatus: 'CREATE_COMPLETE' });
    expect(events.at(-1)).toMatchObject({ ...ofStack, ResourceStatus: 'CREATE_IN_PROGRESS' });
    expect(new Set(events.map(({ EventId }) => EventId)).size).toBe(events.length);
  });

  test('its template, as it is and as SAM makes it', async () => {
    const original = await call('GetTemplate', { StackName });
    expect(original.TemplateBody).toBe(TEMPLATE);
    const processed = await call('GetTemplate', { StackName, TemplateStage: 'Processed' });
    expect(processed.TemplateBody).toMatchObject({
      Parameters: { LogLevel: { Default: 'INFO' } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
      Resources: {
        Packer: {
          Type: 'AWS::Lambda::Function',
          Properties: { Architectures: [{ Ref: 'Architecture' }] },
        },
        ShipperPacked: { Type: 'AWS::Events::Rule' },
        AlarmSubscription: { Type: 'AWS::SNS::Subscription', Condition: 'HasAlarmEmail' },
      },
    });
    expect(await call('GetTemplateSummary', { StackName })).toMatchObject({
      Parameters: expect.arrayContaining([
        expect.objectContaining({
          ParameterKey: 'Stage',
          DefaultValue: 'dev',
          ParameterType: 'String',
          ParameterConstraints: { AllowedValues: ['dev', 'prod'] },
        }),
      ]),
      ResourceTypes: expect.arrayContaining(['AWS::Serverless::Function']),
      DeclaredTransforms: ['AWS::Serverless-2016-10-31'],
    });
  });

  test('a template that a call brings', async () => {
    const TemplateBody = JSON.stringify({
      Parameters: { Secret: { Type: 'String', NoEcho: true } },
      Resources: { Role: { Type: 'AWS::IAM::Role' } },
    });
    expect(await call('ValidateTemplate', { TemplateBody })).toMatchObject({
      Parameters: [{ ParameterKey: 'Secret', NoEcho: true }],
      Capabilities: ['CAPABILITY_IAM'],
    });
    expect(await call('GetTemplateSummary', { TemplateBody })).toMatchObject({
      ResourceTypes: ['AWS::IAM::Role'],
    });
  });

  test.each([
    ['DescribeStacks', { StackName: 'nope' }, 'Stack with id nope does not exist'],
    ['ListStackResources', { StackName: 'nope' }, 'Stack with id nope does not exist'],
    ['DescribeStackEvents', { StackName: 'nope' }, 'Stack [nope] does not exist'],
    ['DescribeStackResource', { StackName: 'nope', LogicalResourceId: 'A' }, "Stack 'nope' does not exist"],
    ['GetTemplate', {}, 'StackName is required if ChangeSetName is not specified.'],
    ['GetTemplate', { StackName, TemplateStage: 'Raw' }, 'enum value set: [Original, Processed]'],
    // In the form of AWS's answer about Capabilities: aws-actions/aws-cloudformation-github-deploy, issue 130.
    [
      'CreateStack',
      { StackName: 'x', Capabilities: ['CAPABILITY_NAMED_IAM', ' CAPABILITY_AUTO_EXPAND'] },
      "1 validation error detected: Value '[CAPABILITY_NAMED_IAM,  CAPABILITY_AUTO_EXPAND]' at 'capabilities' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [CAPABILITY_AUTO_EXPAND, CAPABILITY_NAMED_IAM, CAPABILITY_IAM]]",
    ],
    ['ListStacks', { StackStatusFilter: ['GONE'] }, "Value '[GONE]' at 'stackStatusFilter' failed"],
    ['ListStacks', { NextToken: 'bm90IG91cnM' }, 'NextToken'],
    ['DescribeStackEvents', { StackName, NextToken: '%' }, 'NextToken'],
    [
      'DescribeStackResource',
      { StackName, LogicalResourceId: 'No' },
      'Resource No does not exist for stack depot',
    ],
    ['DescribeStackResources', { PhysicalResourceId: 'no' }, 'Stack for no does not exist'],
    ['ValidateTemplate', {}, 'Either Template URL or Template Body must be specified.'],
    ['ValidateTemplate', { TemplateBody: '[' }, 'Template format error'],
    [
      'ValidateTemplate',
      { TemplateBody: 'Resources: {A: {}}' },
      '[/Resources/A] Every Resources object must contain a Type member.',
    ],
    ['ValidateTemplate', { TemplateBody: `# ${'x'.repeat(51_200)}` }, 'length less than or equal to 51200'],
    [
      'ValidateTemplate',
      { TemplateURL: 'http://127.0.0.1:1/b/k' },
      'TemplateURL must reference a valid S3 object',
    ],
  ])('%s of %j is refused in the words of AWS', async (operation, params, words) => {
    const { code, status, message } = await refuse(operation, params);
    expect({ code, status }).toEqual({ code: 'ValidationError', status: 400 });
    expect(message).toContain(words);
  });
});
