import { renderPolicyDocument, renderStatement } from '../../aws/policy-document.ts';
import type { Statement } from '../../aws/statement.ts';
import type { TopicModel } from '../../template/model.ts';

const DEFAULT_SID = '__default_statement_ID';

/** A topic's policy as GetTopicAttributes shows it; what began with SNS's own has its version and id. */
export function policyText(model: TopicModel, accountId: string): string {
  const statements = model.resourcePolicy ?? [defaultStatement(model.arn, accountId)];
  if (!hasDefault(statements)) return renderPolicyDocument(statements);
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: statements.map(renderStatement),
  });
}

/** Tells whether SNS's own statement is still there. */
export function hasDefault(statements: readonly Statement[]): boolean {
  return statements.some(({ sid }) => sid === DEFAULT_SID);
}

/** Of a new topic: whatever acts for the topic's own account may do all with it. */
export function defaultStatement(topicArn: string, accountId: string): Statement {
  return {
    sid: DEFAULT_SID,
    effect: 'Allow',
    principals: { AWS: ['*'] },
    actions: [
      'SNS:GetTopicAttributes',
      'SNS:SetTopicAttributes',
      'SNS:AddPermission',
      'SNS:RemovePermission',
      'SNS:DeleteTopic',
      'SNS:Subscribe',
      'SNS:ListSubscriptionsByTopic',
      'SNS:Publish',
    ],
    resources: [topicArn],
    conditions: { StringEquals: { 'AWS:SourceOwner': [accountId] } },
  };
}
