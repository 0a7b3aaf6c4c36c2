import { list, required, text } from '../../aws/members.ts';
import type { Statement } from '../../aws/statement.ts';
import { operation, topicOf } from './context.ts';
import { invalidParameter } from './sns-errors.ts';
import { defaultStatement } from './topic-policy.ts';

const TOPIC = { TopicArn: required(text()), Label: required(text()) } as const;

/** Those that a policy of SNS may have (SNS guide, "Amazon SNS API permissions"). */
const ACTIONS = [
  'AddPermission',
  'DeleteTopic',
  'GetDataProtectionPolicy',
  'GetTopicAttributes',
  'ListSubscriptionsByTopic',
  'ListTagsForResource',
  'Publish',
  'PutDataProtectionPolicy',
  'RemovePermission',
  'SetTopicAttributes',
  'Subscribe',
];

/** The operations that add to a topic's policy and take from it (SNS API reference). The words: LocalStack's record, test_sns.snapshot.json, test_add_permission_errors. */
export const PERMISSION_OPERATIONS = {
  AddPermission: operation({
    input: { ...TOPIC, AWSAccountId: required(list(text())), ActionName: required(list(text())) },
    needs: ({ TopicArn = '*' }) => [TopicArn],
    handle({ TopicArn, Label, AWSAccountId, ActionName }, context) {
      const { model } = topicOf(TopicArn, context, 'TopicArn');
      const { place } = context;
      const before = model.resourcePolicy ?? [defaultStatement(TopicArn, place.accountId)];
      if (before.some(({ sid }) => sid === Label)) throw invalidParameter('Statement already exists');
      for (const action of ActionName)
        if (!ACTIONS.includes(action))
          throw invalidParameter('Policy statement action out of service scope!');
      const added: Statement = {
        sid: Label,
        effect: 'Allow',
        principals: { AWS: AWSAccountId.map((id) => `arn:${place.partition}:iam::${id}:root`) },
        actions: ActionName.map((action) => `SNS:${action}`),
        resources: [TopicArn],
      };
      context.put({ ...model, resourcePolicy: [...before, added] });
      return {};
    },
  }),
  // A label that is not there is no error (the same file's test_remove_permission_errors knows one for the topic alone).
  RemovePermission: operation({
    input: TOPIC,
    needs: ({ TopicArn = '*' }) => [TopicArn],
    handle({ TopicArn, Label }, context) {
      const { model } = topicOf(TopicArn, context, 'TopicArn');
      const { resourcePolicy } = model;
      if (resourcePolicy)
        context.put({ ...model, resourcePolicy: resourcePolicy.filter(({ sid }) => sid !== Label) });
      return {};
    },
  }),
};
