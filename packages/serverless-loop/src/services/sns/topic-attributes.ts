import type { Place } from '../../aws/arn.ts';
import { renderPolicyDocument } from '../../aws/policy-document.ts';
import type { Topic } from './topic.ts';

/** GetTopicAttributes' map. What nobody set is there by its default, but for `KmsMasterKeyId` and the like, which have none. */
export function topicAttributes(
  { model, subscriptions }: Topic,
  { accountId }: Place,
): Record<string, string> {
  const { arn, displayName, resourcePolicy, attributes } = model;
  return {
    TopicArn: arn,
    Owner: accountId,
    DisplayName: displayName,
    Policy: resourcePolicy ? renderPolicyDocument(resourcePolicy) : defaultPolicy(arn, accountId),
    EffectiveDeliveryPolicy: DEFAULT_DELIVERY_POLICY,
    SubscriptionsConfirmed: String(subscriptions.length),
    SubscriptionsPending: '0',
    SubscriptionsDeleted: '0',
    ...attributes,
  };
}

/** Of HTTP endpoints, the only ones that it is for (SNS guide, "Amazon SNS message delivery retries"). */
const DEFAULT_DELIVERY_POLICY = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
});

/** A new topic's policy: whatever acts for the topic's own account may do all with it. */
function defaultPolicy(topicArn: string, accountId: string): string {
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: topicArn,
        Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
      },
    ],
  });
}
