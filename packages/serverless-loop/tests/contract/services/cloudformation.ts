import type { Members, ServiceContract } from '../contract.ts';

const queues = (...names: string[]) =>
  JSON.stringify({
    Resources: Object.fromEntries(names.map((name) => [name, { Type: 'AWS::SQS::Queue' }])),
    Outputs: Object.fromEntries(
      names.map((name) => [name, { Value: { Ref: name }, Export: { Name: `contract-${name}` } }]),
    ),
  });

export const CLOUDFORMATION_CONTRACT: ServiceContract = {
  title: 'CloudFormation',
  service: 'cloudformation',
  async good(go, other) {
    const stack = { StackName: 'contract' };
    const settled = async (read: () => Promise<unknown>) => {
      while (/(_IN_PROGRESS|PENDING)$/.test(String(await read())))
        await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const stackStatus = async () => {
      const { Stacks } = await other('cloudformation', 'DescribeStacks', {});
      return Object(Stacks).find(({ StackName }: Members) => StackName === 'contract')?.StackStatus;
    };
    await go('ValidateTemplate', { TemplateBody: queues('one') });
    await go('CreateStack', { ...stack, TemplateBody: queues('one', 'two') });
    await settled(stackStatus);
    await go('CreateStack', { StackName: 'contract-kept', TemplateBody: queues('kept') });
    await go('DescribeStacks', stack);
    await go('ListStacks', { StackStatusFilter: ['CREATE_COMPLETE'] });
    await go('DescribeStackEvents', stack);
    await go('DescribeStackResource', { ...stack, LogicalResourceId: 'one' });
    await go('DescribeStackResources', stack);
    await go('ListStackResources', stack);
    await go('ListExports');
    await go('GetTemplate', stack);
    await go('GetTemplateSummary', stack);
    await go('UpdateTerminationProtection', { ...stack, EnableTerminationProtection: false });
    const change = { ...stack, ChangeSetName: 'one' };
    const changed = { ...stack, TemplateBody: queues('one', 'two', 'three') };
    await go('CreateChangeSet', { ...changed, ChangeSetName: 'one' });
    await go('CreateChangeSet', { ...changed, ChangeSetName: 'two' });
    await settled(async () => (await other('cloudformation', 'DescribeChangeSet', change)).Status);
    await go('DescribeChangeSet', change);
    await go('ListChangeSets', stack);
    await go('DeleteChangeSet', { ...stack, ChangeSetName: 'two' });
    await go('ExecuteChangeSet', change);
    await settled(stackStatus);
    await go('UpdateStack', { ...stack, TemplateBody: queues('one') });
    await settled(stackStatus);
    await go('DeleteStack', stack);
    await settled(stackStatus);
  },
  nowhere: { StackName: 'nowhere' },
  missing: 'ValidationError',
  onlyRefused: ['CancelUpdateStack'],
  refused: [
    ['CreateStack', { StackName: 'no name', TemplateBody: queues('one') }, 'ValidationError'],
    ['ValidateTemplate', { TemplateBody: '{' }, 'ValidationError'],
    ['ListStacks', { NextToken: 'foreign' }, 'ValidationError'],
    ['ListExports', { NextToken: 'foreign' }, 'ValidationError'],
    [
      'CreateChangeSet',
      { StackName: 'nowhere', ChangeSetName: 'one', TemplateBody: queues('one') },
      'ValidationError',
    ],
    ['DescribeChangeSet', { StackName: 'contract-kept', ChangeSetName: 'one' }, 'ChangeSetNotFound'],
    ['ExecuteChangeSet', { StackName: 'contract-kept', ChangeSetName: 'one' }, 'ChangeSetNotFound'],
    ['DeleteChangeSet', { ChangeSetName: 'one' }, 'ValidationError'],
    ['CancelUpdateStack', { StackName: 'nowhere' }, 'ValidationError'],
    ['DeleteStack', {}, 'ValidationError'],
  ],
};
