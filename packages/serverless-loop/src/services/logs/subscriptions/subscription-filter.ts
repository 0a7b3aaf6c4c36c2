import type { OtherModel, Stack } from '../../../template/model.ts';

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

/** The subscription filters of a stack. */
export function subscriptionsOf({ others }: Pick<Stack, 'others'>): SubscriptionModel[] {
  return others.flatMap(({ type, model }) =>
    type === SUBSCRIPTION_TYPE && isSubscription(model) ? [model] : [],
  );
}

/** Only this service's own reader makes models of the type. */
function isSubscription(model: OtherModel['model']): model is SubscriptionModel {
  return typeof model === 'object' && model !== null && 'destinationArn' in model;
}
