import { parseArn } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import { lineageHeader } from '../../../aws/lineage.ts';
import { invalidParameter } from '../errors.ts';
import { patternTest } from '../pattern-test.ts';
import { type DestinationOptions, functionSender, sendTo, subscribedArn, vendorOf } from './destination.ts';
import { compressed, controlMessage } from './log-data.ts';
import type { SubscriptionFilter } from './subscription-filter.ts';

export interface SubscriptionRules extends DestinationOptions {
  /** Tells whether a role lets CloudWatch Logs assume it for a log group. */
  trusts(roleArn: string, sourceArn: string): boolean;
  /** Epoch milliseconds. */
  now(): number;
}

/**
 * Refuses what can be said of a filter without its destination: in LocalStack's record, test_logs_subscription_filters.snapshot.json,
 * test_put_subscription_filter_errors, it comes before the group is looked for.
 */
export function refuseCombination(
  { destinationArn, roleArn, pattern }: SubscriptionFilter,
  { place }: Pick<DestinationOptions, 'place'>,
): void {
  const vendor = vendorOf(destinationArn);
  if (!vendor)
    throw invalidParameter(
      `A subscription filter of the loop sends to a Lambda function or a Kinesis stream, not to ${destinationArn}.`,
    );
  if (vendor === 'lambda' && parseArn(destinationArn)?.accountId !== place.accountId)
    throw new AwsError(
      'AccessDeniedException',
      'Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.',
    );
  if (vendor === 'lambda' && roleArn !== undefined)
    throw invalidParameter('destinationArn for vendor lambda cannot be used with roleArn');
  if (vendor === 'kinesis' && roleArn === undefined)
    throw invalidParameter('destinationArn for vendor kinesis cannot be used without roleArn');
  patternTest(pattern);
}

/** Asks a function whether it may be invoked, and sends a message of control to a stream, as CloudWatch Logs does before it takes a filter. */
export async function refuseUnreachable(filter: SubscriptionFilter, rules: SubscriptionRules): Promise<void> {
  const { destinationArn, roleArn = '' } = filter;
  if (vendorOf(destinationArn) === 'lambda') {
    try {
      functionSender(filter, rules);
    } catch {
      throw invalidParameter(
        'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
      );
    }
    return;
  }
  const unreachable = invalidParameter(
    'Could not deliver test message to specified Kinesis stream. Check if the given kinesis stream is in ACTIVE state.',
  );
  const { trusts, now } = rules;
  if (!trusts(roleArn, subscribedArn(filter, rules))) throw unreachable;
  const bytes = await compressed(controlMessage(now()));
  try {
    await sendTo(filter, { bytes, streamName: '', traceHeader: lineageHeader([], now()) }, rules);
  } catch {
    throw unreachable;
  }
}
