import { type ServiceContract, textIn } from '../contract.ts';

const NOWHERE = 'AWS.SimpleQueueService.NonExistentQueue';

export const SQS_CONTRACT: ServiceContract = {
  title: 'SQS',
  service: 'sqs',
  async good(go) {
    const queue = { QueueUrl: textIn(await go('CreateQueue', { QueueName: 'contract' }), 'QueueUrl') };
    const { QueueUrl } = queue;
    const dead = await go('CreateQueue', { QueueName: 'contract-dead' });
    await go('GetQueueUrl', { QueueName: 'contract' });
    await go('ListQueues', { QueueNamePrefix: 'contract' });
    const { Attributes } = await go('GetQueueAttributes', { ...dead, AttributeNames: ['All'] });
    const SourceArn = textIn(Attributes, 'QueueArn');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: SourceArn, maxReceiveCount: 1 });
    await go('SetQueueAttributes', { QueueUrl, Attributes: { RedrivePolicy } });
    await go('CreateQueue', { QueueName: 'contract-other', Attributes: { RedrivePolicy } });
    await go('ListDeadLetterSourceQueues', dead);
    await go('TagQueue', { QueueUrl, Tags: { a: 'b' } });
    await go('ListQueueTags', queue);
    await go('UntagQueue', { QueueUrl, TagKeys: ['a'] });
    await go('AddPermission', {
      QueueUrl,
      Label: 'a',
      AWSAccountIds: ['123456789012'],
      Actions: ['SendMessage'],
    });
    await go('RemovePermission', { QueueUrl, Label: 'a' });
    await go('SendMessage', { QueueUrl, MessageBody: 'one' });
    await go('SendMessageBatch', { QueueUrl, Entries: [{ Id: 'a', MessageBody: 'two' }] });
    const receive = async () =>
      textIn(
        await go('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 5, VisibilityTimeout: 43_200 }),
        'Messages',
        0,
        'ReceiptHandle',
      );
    const ReceiptHandle = await receive();
    await go('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 43_000 });
    const Entries = [{ Id: 'a', ReceiptHandle }];
    await go('ChangeMessageVisibilityBatch', {
      QueueUrl,
      Entries: Entries.map((entry) => ({ ...entry, VisibilityTimeout: 43_000 })),
    });
    await go('DeleteMessage', { QueueUrl, ReceiptHandle });
    await go('DeleteMessageBatch', { QueueUrl, Entries });
    for (let times = 0; times < 30; times += 1)
      await go('SendMessageBatch', {
        ...dead,
        Entries: Array.from({ length: 10 }, (_, at) => ({ Id: String(at), MessageBody: 'x' })),
      });
    const move = { SourceArn, DestinationArn: SourceArn.replace(/dead$/, 'other') };
    const { TaskHandle } = await go('StartMessageMoveTask', { ...move, MaxNumberOfMessagesPerSecond: 1 });
    await go('ListMessageMoveTasks', { SourceArn });
    await go('CancelMessageMoveTask', { TaskHandle });
    await go('PurgeQueue', queue);
    await go('DeleteQueue', queue);
  },
  nowhere: {
    QueueUrl: 'http://localhost/000000000000/nowhere',
    QueueName: 'nowhere',
  },
  missing: NOWHERE,
  refused: [
    ['CreateQueue', { QueueName: 'no name' }, 'InvalidParameterValue'],
    ['ListQueues', { MaxResults: 0 }, 'InvalidParameterValue'],
    [
      'StartMessageMoveTask',
      { SourceArn: 'arn:aws:sqs:eu-west-1:000000000000:nowhere' },
      'ResourceNotFoundException',
    ],
    [
      'ListMessageMoveTasks',
      { SourceArn: 'arn:aws:sqs:eu-west-1:000000000000:nowhere' },
      'ResourceNotFoundException',
    ],
    ['CancelMessageMoveTask', { TaskHandle: 'none' }, 'InvalidParameterValue'],
  ],
};
