import { ownModels } from '../../../template/stack-models.ts';

/** Brings what is written to a log group, and matches, to a function or a stream. */
export interface SubscriptionFilter {
  name: string;
  logGroupName: string;
  pattern: string;
  destinationArn: string;
  /** CloudWatch Logs sends to a stream in its name; to a function by the function's own policy. */
  roleArn?: string;
  distribution: Distribution;
  applyOnTransformedLogs: boolean;
}

/** The rule by which records are spread over the shards of a stream. */
export type Distribution = 'ByLogStream' | 'Random';

/** One that is in use. */
export interface ActiveSubscription extends SubscriptionFilter {
  /** Epoch milliseconds. */
  creationTime: number;
}

/** One of a template. */
export interface SubscriptionModel extends SubscriptionFilter {
  logicalId: string;
}

export const SUBSCRIPTION_TYPE = 'AWS::Logs::SubscriptionFilter';

export const subscriptionsOf = ownModels<SubscriptionModel>(SUBSCRIPTION_TYPE);
