import { type ServiceContract, textIn } from '../contract.ts';

const QUEUE = 'arn:aws:sqs:eu-west-1:000000000000:';
const pipe = {
  RoleArn: 'arn:aws:iam::000000000000:role/pipe',
  Source: `${QUEUE}contract-pipe`,
  Target: `${QUEUE}contract-piped`,
  DesiredState: 'STOPPED',
};

export const PIPES_CONTRACT: ServiceContract = {
  title: 'Pipes',
  service: 'pipes',
  async good(go, other) {
    for (const QueueName of ['contract-pipe', 'contract-piped'])
      await other('sqs', 'CreateQueue', { QueueName });
    const Name = 'contract';
    const resource = { resourceArn: textIn(await go('CreatePipe', { Name, ...pipe }), 'Arn') };
    await go('CreatePipe', { Name: 'contract-other', ...pipe });
    await go('DescribePipe', { Name });
    await go('UpdatePipe', { Name, RoleArn: pipe.RoleArn, Description: 'two' });
    await go('ListPipes', { NamePrefix: 'contract' });
    await go('TagResource', { ...resource, tags: { a: 'b' } });
    await go('ListTagsForResource', resource);
    await go('UntagResource', { ...resource, tagKeys: ['a'] });
    await go('StartPipe', { Name });
    await go('StopPipe', { Name });
    await go('DeletePipe', { Name });
  },
  nowhere: { Name: 'nowhere', resourceArn: 'arn:aws:pipes:eu-west-1:000000000000:pipe/nowhere' },
  missing: 'NotFoundException',
  refused: [
    ['CreatePipe', { Name: 'contract-other', ...pipe }, 'ConflictException'],
    ['ListPipes', { NextToken: 'foreign' }, 'ValidationException'],
  ],
};
