import { formatArn } from '../../../aws/arn.ts';
import type { Identity } from '../../../template/kind-description.ts';
import { uuidOf } from '../../../template/names.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';
import { attachSubscription, attachTopicPolicy, readTopic } from './topic.ts';

export const SNS_KINDS: readonly ResourceKind[] = [
  {
    type: 'AWS::SNS::Topic',
    nameProperty: 'TopicName',
    nameEnding: (text) => (text('FifoTopic') === 'true' ? '.fifo' : ''),
    ref: topicArn,
    attributes: { TopicArn: topicArn, TopicName: (it) => it.name },
    givesProperties: true,
    replacedBy: ['FifoTopic'],
    isMain: true,
    receivesAs: 'topic',
    read: ({ world, models }) => models.topics.push(...world.each('AWS::SNS::Topic', readTopic)),
  },
  {
    type: 'AWS::SNS::Subscription',
    ref: subscriptionArn,
    attributes: { Arn: subscriptionArn },
    replacedBy: ['Endpoint', 'Protocol', 'TopicArn'],
    after: ['AWS::SNS::Topic'],
    read({ world, models }) {
      for (const resource of world.ofType('AWS::SNS::Subscription'))
        attachSubscription(resource, models.topics, world);
    },
  },
  {
    type: 'AWS::SNS::TopicPolicy',
    attributes: { Id: (it) => it.name },
    after: ['AWS::SNS::Topic'],
    read({ world, models }) {
      for (const resource of world.ofType('AWS::SNS::TopicPolicy'))
        attachTopicPolicy(resource, models.topics, world);
    },
  },
];

function topicArn(it: Identity): string {
  return formatArn(it.place, 'sns', it.name);
}

/** SNS draws the end. */
function subscriptionArn(it: Identity): string {
  return `${it.text('TopicArn') ?? ''}:${uuidOf(it.name)}`;
}
