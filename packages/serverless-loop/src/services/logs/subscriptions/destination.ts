import { randomUUID } from 'node:crypto';
import { type Place, parseArn } from '../../../aws/arn.ts';
import { deliver, type ReceiverOf, type RoleSender, type ServiceSender } from '../../../aws/delivery.ts';
import { digest } from '../../../aws/digest.ts';
import { servicePrincipals } from '../../../aws/service-principals.ts';
import { groupArn } from '../names.ts';
import type { SubscriptionFilter } from './subscription-filter.ts';

export interface DestinationOptions {
  place: Place;
  /** Finds the function or the stream. */
  receiverOf: ReceiverOf;
}

/** Compressed log data on its way to a destination. */
export interface LogData {
  /** Compressed by gzip. */
  bytes: Buffer;
  streamName: string;
  traceHeader: string;
}

export type Vendor = 'lambda' | 'kinesis';

/** The service of the destination; undefined for one that the loop doesn't send to. */
export function vendorOf(destinationArn: string): Vendor | undefined {
  const { service } = parseArn(destinationArn) ?? {};
  return service === 'lambda' || service === 'kinesis' ? service : undefined;
}

/** Sends data on. Rejects with the error of the function or stream that doesn't take it. */
export async function sendTo(
  filter: SubscriptionFilter,
  { bytes, streamName, traceHeader }: LogData,
  options: DestinationOptions,
): Promise<void> {
  const { receiverOf } = options;
  const { destinationArn: arn, distribution } = filter;
  if (vendorOf(arn) === 'lambda') {
    const body = JSON.stringify({ awslogs: { data: bytes.toString('base64') } });
    await deliver(receiverOf, arn, { body, traceHeader }, functionSender(filter, options));
    return;
  }
  // "By default, log data is grouped by log stream" (CloudWatch Logs reference, "PutSubscriptionFilter", distribution).
  const groupId = distribution === 'Random' ? randomUUID() : digest(streamName);
  await deliver(receiverOf, arn, { body: '', bytes, groupId, traceHeader }, streamSender(filter, options));
}

/**
 * CloudWatch Logs as the function's policy lets it in: by its global principal, or that of the Region. Throws when it lets in
 * neither, or isn't there.
 */
export function functionSender(filter: SubscriptionFilter, options: DestinationOptions): ServiceSender {
  const { destinationArn } = filter;
  const { place, receiverOf } = options;
  const sourceArn = subscribedArn(filter, options);
  const [globalName, regionalName] = servicePrincipals('logs', place.region);
  const global: ServiceSender = { service: globalName, sourceArn };
  const regional: ServiceSender = { service: regionalName, sourceArn };
  const receiver = receiverOf(destinationArn);
  if (!receiver?.refuse) throw new Error(`The loop can't send to ${destinationArn}`);
  try {
    receiver.refuse(destinationArn, regional);
    return regional;
  } catch {
    receiver.refuse(destinationArn, global);
    return global;
  }
}

/** CloudWatch Logs in the filter's role. */
function streamSender(filter: SubscriptionFilter, options: Pick<DestinationOptions, 'place'>): RoleSender {
  const { name, roleArn = '' } = filter;
  return { name, role: { arn: roleArn }, sourceArn: subscribedArn(filter, options) };
}

/** The log group as policies name the source: "--source-arn arn:aws:logs:region:123456789123:log-group:TestLambda:*" (CloudWatch Logs guide, "Subscription filters with AWS Lambda"). */
export function subscribedArn(
  { logGroupName }: SubscriptionFilter,
  { place }: Pick<DestinationOptions, 'place'>,
): string {
  return `${groupArn(place, logGroupName)}:*`;
}
