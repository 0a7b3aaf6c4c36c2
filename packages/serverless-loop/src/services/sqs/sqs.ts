import { isDeepStrictEqual } from 'node:util';
import type { Place } from '../../aws/arn.ts';
import {
  judgedSource,
  type PolicyJudge,
  type Receiver,
  type RoleSender,
  type Sender,
  type ServiceMessage,
} from '../../aws/delivery.ts';
import type { JsonService, Need } from '../../aws/operation.ts';
import type { QueryService } from '../../aws/query-service.ts';
import type { QueueDepth } from '../../aws/queue-depth.ts';
import type { QueuePort } from '../../aws/queue-port.ts';
import { jsonService, queryService } from '../../aws/service.ts';
import type { Statement } from '../../aws/statement.ts';
import type { Clock } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import type { QueueModel } from '../../template/model.ts';
import { messageOfType } from './fifo/fifo-message.ts';
import type { QueueMessage } from './message.ts';
import { refuseOversize } from './message-parsing.ts';
import { MoveTasks } from './move-tasks.ts';
import { polledQueues } from './polled-queues.ts';
import type { Queue } from './queue.ts';
import { Queues } from './queues.ts';
import { type Redriven, redrive, withdraw } from './redrive.ts';
import { redriveForbidden, takesDeadLetters } from './redrive-permission.ts';
import { type SeenMessage, seenMessage } from './seen-message.ts';
import { SQS } from './service.ts';
import { queueDoesNotExist, sqsError } from './sqs-error.ts';

export type { QueueMessage } from './message.ts';

export interface SqsOptions {
  place: Place;
  /** Queue URLs start with it. */
  endpoint: string;
  queues: QueueModel[];
  clock: Clock;
  report: Report;
  /** Judges by the queue's resource policy whether a sender that isn't the account itself may send. */
  allows: PolicyJudge;
  /** Throws AwsError unless the role's own policies let it send. */
  authorizeRole(role: RoleSender, need: Need): void;
}

/** Stands for the role's own policies, which have let it through: only a Deny of the queue's policy is in its way then. */
const LET_THROUGH: Statement = { effect: 'Allow', principals: { AWS: ['*'] }, actions: ['sqs:SendMessage'] };

export interface Sqs extends Receiver {
  service: JsonService;
  /** The same, as clients speak it from before its JSON protocol. */
  query: QueryService;
  /** For Lambda, which reads queues for functions. */
  polled: QueuePort;
  /** The depth of each queue, for its metrics. */
  depths(): QueueDepth[];
  /** The messages of a queue, none of them received by it; undefined when there is no such queue. */
  messages(queueName: string): SeenMessage[] | undefined;
  /** Moves messages of a queue on, as redrive.ts says; returns their number. Throws AwsError. */
  redrive(queueName: string, chosen: Redriven): number;
  /** Takes a message that can be received out of a queue; false where it cannot, or is gone. Throws AwsError. */
  withdraw(queueName: string, messageId: string): boolean;
  /** Drops the messages of every queue. */
  clear(): void;
  /** For stacks that come, change and go while the loop runs. */
  queues: {
    has(name: string): boolean;
    add(model: QueueModel): void;
    /** Gives a queue other settings and keeps its messages. A policy that another stack gave it stays. */
    change(model: QueueModel, before: QueueModel): void;
    /** Throws AwsError when there is no such queue. */
    setPolicy(queueUrl: string, policy: Statement[]): void;
    remove(model: QueueModel): void;
  };
  /** Drops all messages and ends the long polls. */
  stop(): void;
}

/** Amazon SQS, in memory. */
export function startSqs(options: SqsOptions): Sqs {
  const { place, endpoint, queues: models, clock, report, allows, authorizeRole } = options;
  const queues = new Queues({ models, clock, report });
  const moveTasks = new MoveTasks(queues, clock);
  const context = { queues, place, endpoint, clock, moveTasks, purgedAtMs: new WeakMap() };

  function refuseUnlessAllowed({ model: { arn, resourcePolicy } }: Queue, sender: Sender): void {
    const request = { action: 'sqs:SendMessage', resource: arn };
    if ('role' in sender) {
      const statements = [...resourcePolicy, LET_THROUGH];
      if (allows({ ...request, statements, principal: { aws: sender.role.arn } })) return;
      throw accessDenied(sender.role.arn, arn, 'with an explicit deny in a resource-based policy');
    }
    const { service } = sender;
    const judged = {
      ...request,
      statements: resourcePolicy,
      principal: { service },
      ...judgedSource(sender),
    };
    if (allows(judged)) return;
    throw accessDenied(service, arn, 'because no resource-based policy allows the sqs:sendmessage action');
  }

  return {
    service: jsonService(SQS, context),
    query: queryService(SQS, context),
    receive(queueArn, message, sender) {
      if ('role' in sender) authorizeRole(sender, { action: 'sqs:SendMessage', resource: queueArn });
      const queue = queues.findByArn(queueArn);
      if (!queue) throw queueDoesNotExist();
      refuseUnlessAllowed(queue, sender);
      const queued = messageOfType(queueMessage(message, queue.model), queue.model);
      refuseOversize(queued, queue.model.maximumMessageBytes);
      queue.send(queued, senderName(sender), queue.model.delaySeconds);
    },
    clear() {
      moveTasks.stop();
      for (const queue of queues.list()) queue.purge();
    },
    polled: polledQueues(queues),
    depths: () => queues.list().map(depthOf),
    redrive: (queueName, chosen) => redrive(queues, queueName, chosen),
    withdraw: (queueName, messageId) => withdraw(queues, queueName, messageId),
    messages: (queueName) => queues.find(queueName)?.messages().map(seenMessage),
    queues: {
      has: (name) => queues.find(name) !== undefined,
      add(model) {
        const { redrive: to, arn } = model;
        const deadLetters = to && queues.findByArn(to.deadLetterArn)?.model;
        if (deadLetters && !takesDeadLetters(deadLetters, arn)) throw redriveForbidden(to.deadLetterArn);
        queues.create(model);
      },
      change(model, before) {
        const isPolicySame = isDeepStrictEqual(model.resourcePolicy, before.resourcePolicy);
        queues
          .find(model.name)
          ?.change(({ resourcePolicy }) => (isPolicySame ? { ...model, resourcePolicy } : model));
      },
      setPolicy(queueUrl, resourcePolicy) {
        queues.ofUrl(queueUrl).change((model) => ({ ...model, resourcePolicy }));
      },
      remove(model) {
        const queue = queues.find(model.name);
        if (queue) queues.delete(queue);
      },
    },
    stop() {
      moveTasks.stop();
      queues.stop();
    },
  };
}

function depthOf(queue: Queue): QueueDepth {
  const { visible, inFlight, delayed } = queue.counts();
  const queueName = queue.model.name;
  return { queueName, visible, notVisible: inFlight, delayed, oldestAgeSeconds: queue.oldestAgeSeconds() };
}

function senderName(sender: Sender): string {
  return 'role' in sender ? sender.role.arn : sender.service;
}

/** A queue has no subjects, and a standard one no deduplication. */
function queueMessage(message: ServiceMessage, { fifo }: QueueModel): QueueMessage {
  const { body, attributes = {}, groupId, deduplicationId, traceHeader } = message;
  const entries = Object.entries(attributes).map(([name, { dataType, value }]) => {
    const content = dataType.startsWith('Binary') ? { binaryValue: value } : { stringValue: value };
    return [name, { dataType, ...content }] as const;
  });
  return {
    body,
    ...(entries.length > 0 && { attributes: Object.fromEntries(entries) }),
    systemAttributes: {
      ...(groupId !== undefined && { MessageGroupId: groupId }),
      ...(fifo && deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
      ...(traceHeader !== undefined && { AWSTraceHeader: traceHeader }),
    },
  };
}

/** SQS writes the action in lower case (IAM guide, "Troubleshoot access denied error messages"). */
function accessDenied(user: string, queueArn: string, why: string) {
  return sqsError(
    'AccessDeniedException',
    `User: ${user} is not authorized to perform: sqs:sendmessage on resource: ${queueArn} ${why}`,
    403,
  );
}
