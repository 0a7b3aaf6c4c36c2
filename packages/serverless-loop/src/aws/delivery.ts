import { parseArn } from './arn.ts';
import { AwsError } from './errors.ts';
import type { Statement } from './statement.ts';

/** Takes messages for resources of its kind: queues, topics, functions. */
export interface Receiver {
  /**
   * Takes a message for one of its resources, when the sender's rights and the resource's own policy let it in. Throws the
   * AwsError that AWS would give.
   */
  receive(arn: string, message: ServiceMessage, sender: Sender): void | Promise<void>;
  /** Throws what `receive` would throw for the sender, and takes nothing. Absent where no service asks before it sends. */
  refuse?(arn: string, sender: Sender): void;
}

/** A message as one service hands it to another. */
export interface ServiceMessage {
  body: string;
  /** Data that is no text, for a stream, in place of the body. */
  bytes?: Buffer;
  subject?: string;
  attributes?: Readonly<Record<string, MessageAttribute>>;
  /** Tells whose message it is, for a queue that is to be fair or to keep the order. */
  groupId?: string;
  /** Of a record in a bucket: the beginning of its key, behind which its time comes. */
  keyPrefix?: string;
  /** For FIFO queues and topics, which take a message of an id once; others don't look at it. */
  deduplicationId?: string;
  /** The stream of a log group that takes it; others don't look at it. */
  logStream?: string;
  /** Of a log event: epoch milliseconds. */
  atMs?: number;
  /** The `X-Amzn-Trace-Id` that the receiver goes on with. */
  traceHeader?: string;
  /** Filled into the request to an API destination. */
  http?: HttpParts;
}

/** Parts of an HTTP request. */
export interface HttpParts {
  /** In the places of the `*` of a path. */
  path: string[];
  headers: Record<string, string>;
  query: Record<string, string>;
}

export interface MessageAttribute {
  /** `String`, `Number`, `String.Array` or `Binary`. */
  dataType: string;
  /** Base64 for Binary. */
  value: string;
}

/** An AWS service that acts for a resource, or a function that acts by its role. */
export type Sender = ServiceSender | RoleSender;

export interface ServiceSender {
  /** Its principal, e.g. `events.amazonaws.com`. */
  service: string;
  /** The resource that it acts for, e.g. a rule: `aws:SourceArn`. */
  sourceArn: string;
  /** `aws:SourceAccount`, where the ARN names no account. */
  sourceAccount?: string;
}

/** The source of a message as the policy of its receiver judges it. */
export interface JudgedSource {
  sourceArn: string;
  context?: Record<string, string>;
}

export function judgedSource({ sourceArn, sourceAccount }: ServiceSender): JudgedSource {
  return {
    sourceArn,
    ...(sourceAccount !== undefined && { context: { 'aws:SourceAccount': sourceAccount } }),
  };
}

/** Judges by a resource's own policy whether somebody that isn't the account itself may act on it. */
export type PolicyJudge = (
  request: {
    statements: Statement[];
    principal: { service: string } | { aws: string };
    action: string;
    resource: string;
  } & Partial<JudgedSource>,
) => boolean;

export interface RoleSender {
  /** The function's. */
  name: string;
  role: { arn: string };
  /** The resource that it acts for, where that is no function: a schedule, a pipe. */
  sourceArn?: string;
}

/** Finds the service that takes messages for an ARN; undefined where none does. */
export type ReceiverOf = (arn: string) => Receiver | undefined;

/** Knows which service takes messages for which ARNs. */
export interface PostOffice {
  receiverOf: ReceiverOf;
  /** Adds receivers by the service in the ARNs of their resources. */
  open(receivers: Readonly<Record<string, Receiver>>): void;
}

export function postOffice(): PostOffice {
  const receivers = new Map<string, Receiver>();
  return {
    receiverOf: (arn) => receivers.get(parseArn(arn)?.service ?? ''),
    open(added) {
      for (const [service, receiver] of Object.entries(added)) receivers.set(service, receiver);
    },
  };
}

/** Hands a message to the service of the ARN. Rejects with the AwsError that AWS would give, and for an ARN that no service takes. */
export async function deliver(
  receiverOf: ReceiverOf,
  arn: string,
  message: ServiceMessage,
  sender: Sender,
): Promise<void> {
  const receiver = receiverOf(arn);
  if (!receiver) throw new AwsError('InvalidParameterValueException', `The loop can't send to ${arn}`);
  await receiver.receive(arn, message, sender);
}
