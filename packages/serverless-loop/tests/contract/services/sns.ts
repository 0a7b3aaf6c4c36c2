import { type ServiceContract, textIn } from '../contract.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:000000000000:nowhere';

export const SNS_CONTRACT: ServiceContract = {
  title: 'SNS',
  service: 'sns',
  async good(go) {
    const TopicArn = textIn(await go('CreateTopic', { Name: 'contract' }), 'TopicArn');
    await go('CreateTopic', { Name: 'contract-other' });
    await go('ListTopics');
    await go('SetTopicAttributes', { TopicArn, AttributeName: 'DisplayName', AttributeValue: 'News' });
    await go('GetTopicAttributes', { TopicArn });
    const subscribe = (Endpoint: string) =>
      go('Subscribe', { TopicArn, Protocol: 'email', Endpoint, ReturnSubscriptionArn: true });
    const { SubscriptionArn } = await subscribe('robin@example.com');
    await subscribe('kim@example.com');
    await go('GetSubscriptionAttributes', { SubscriptionArn });
    await go('SetSubscriptionAttributes', {
      SubscriptionArn,
      AttributeName: 'FilterPolicy',
      AttributeValue: '{"a":["b"]}',
    });
    await go('ListSubscriptions');
    await go('ListSubscriptionsByTopic', { TopicArn });
    await go('Publish', { TopicArn, Message: 'one' });
    await go('PublishBatch', { TopicArn, PublishBatchRequestEntries: [{ Id: 'a', Message: 'two' }] });
    await go('TagResource', { ResourceArn: TopicArn, Tags: [{ Key: 'a', Value: 'b' }] });
    await go('ListTagsForResource', { ResourceArn: TopicArn });
    await go('UntagResource', { ResourceArn: TopicArn, TagKeys: ['a'] });
    const label = { TopicArn, Label: 'a' };
    await go('AddPermission', { ...label, AWSAccountId: ['123456789012'], ActionName: ['Publish'] });
    await go('RemovePermission', label);
    await go('Unsubscribe', { SubscriptionArn });
    await go('DeleteTopic', { TopicArn });
  },
  nowhere: { TopicArn: TOPIC, SubscriptionArn: `${TOPIC}:00000000-0000-4000-8000-000000000000` },
  missing: 'NotFound',
  onlyRefused: ['ConfirmSubscription'],
  refused: [
    ['CreateTopic', { Name: 'no name' }, 'InvalidParameter'],
    ['ListTopics', { NextToken: 'foreign' }, 'InvalidParameter'],
    ['ListSubscriptions', { NextToken: 'foreign' }, 'InvalidParameter'],
    ['ConfirmSubscription', { TopicArn: TOPIC, Token: 'x' }, 'InvalidParameter'],
    ['DeleteTopic', { TopicArn: 'news' }, 'InvalidParameter'],
    ['Unsubscribe', { SubscriptionArn: 'news' }, 'InvalidParameter'],
    ['TagResource', { ResourceArn: TOPIC, Tags: [{ Key: 'a', Value: 'b' }] }, 'ResourceNotFound'],
    ['UntagResource', { ResourceArn: TOPIC, TagKeys: ['a'] }, 'ResourceNotFound'],
    ['ListTagsForResource', { ResourceArn: TOPIC }, 'ResourceNotFound'],
  ],
};
