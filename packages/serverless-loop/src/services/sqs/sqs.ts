import { isDeepStrictEqual } from 'node:util';
import type { Place } from '../../aws/arn.ts';
import type { JsonService } from '../../aws/operation.ts';
import type { QueryService } from '../../aws/query-service.ts';
import { jsonService, queryService } from '../../aws/service.ts';
import type { Statement } from '../../aws/statement.ts';
import type { Clock } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import type { QueueModel } from '../../template/model.ts';
import type { QueueMessage } from './message.ts';
import { refuseOversize } from './message-parsing.ts';
import type { Queue } from './queue.ts';
import { Queues } from './queues.ts';
import { SQS } from './service.ts';
import { queueDoesNotExist, sqsError } from './sqs-error.ts';

export type { QueueMessage } from './message.ts';

export interface SqsOptions {
  place: Place;
  /** What queue URLs start with. */
  endpoint: string;
  queues: QueueModel[];
  clock: Clock;
  report: Report;
  /** Whether a sender that isn't the account itself may send, judged on the queue's resource policy. */
  allows(request: {
    statements: Statement[];
    principal: { service: string } | { aws: string };
    action: string;
    resource: string;
    sourceArn?: string;
  }): boolean;
}

/** Stands for what a role's own policies have let through: only a Deny of the queue's policy is in its way then. */
const LET_THROUGH: Statement = { effect: 'Allow', principals: { AWS: ['*'] }, actions: ['sqs:SendMessage'] };

/** An AWS service that acts for a resource, or a role of the account, which its own policies have already let through. */
export type Sender = { principal: { service: string }; sourceArn: string } | { principal: { aws: string } };

/** How full a queue is. */
export interface QueueDepth {
  queueName: string;
  visible: number;
  notVisible: number;
  delayed: number;
  /** In emulated time; undefined when it is empty. */
  oldestAgeSeconds: number | undefined;
}

export interface Sqs {
  service: JsonService;
  /** The same, as clients speak it from before its JSON protocol. */
  query: QueryService;
  /** For services inside the loop: a rule's dead letters, a function's destination. Throws the AwsError AWS would give. */
  send(queueArn: string, message: QueueMessage, sender: Sender): { messageId: string };
  /** How full each queue is, for its metrics. */
  depths(): QueueDepth[];
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
  /** Drops all messages. */
  empty(): void;
  /** Drops all messages and ends the long polls. */
  stop(): void;
}

/** Amazon SQS with standard queues, in memory. */
export function startSqs({ place, endpoint, queues: models, clock, report, allows }: SqsOptions): Sqs {
  const queues = new Queues({ models, clock, report });
  const context = { queues, place, endpoint, clock, purgedAtMs: new WeakMap() };

  function refuseUnlessAllowed({ model: { arn, resourcePolicy } }: Queue, sender: Sender): void {
    const isService = 'sourceArn' in sender;
    const statements = isService ? resourcePolicy : [...resourcePolicy, LET_THROUGH];
    if (allows({ statements, action: 'sqs:SendMessage', resource: arn, ...sender })) return;
    const why = isService
      ? 'because no resource-based policy allows the sqs:sendmessage action'
      : 'with an explicit deny in a resource-based policy';
    throw accessDenied(senderName(sender), arn, why);
  }

  return {
    service: jsonService(SQS, context),
    query: queryService(SQS, context),
    send(queueArn, message, sender) {
      const queue = queues.findByArn(queueArn);
      if (!queue) throw queueDoesNotExist();
      refuseUnlessAllowed(queue, sender);
      refuseOversize(message, queue.model.maximumMessageBytes);
      return queue.send(message, senderName(sender), queue.model.delaySeconds);
    },
    depths: () => queues.list().map(depthOf),
    queues: {
      has: (name) => queues.find(name) !== undefined,
      add: (model) => void queues.create(model),
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
    empty() {
      for (const queue of queues.list()) queue.purge();
    },
    stop: () => queues.stop(),
  };
}

function depthOf(queue: Queue): QueueDepth {
  const { visible, inFlight, delayed } = queue.counts();
  const queueName = queue.model.name;
  return { queueName, visible, notVisible: inFlight, delayed, oldestAgeSeconds: queue.oldestAgeSeconds() };
}

function senderName({ principal }: Sender): string {
  return 'service' in principal ? principal.service : principal.aws;
}

/** SQS writes the action in lower case (IAM guide, "Troubleshoot access denied error messages"). */
function accessDenied(user: string, queueArn: string, why: string) {
  return sqsError(
    'AccessDeniedException',
    `User: ${user} is not authorized to perform: sqs:sendmessage on resource: ${queueArn} ${why}`,
    403,
  );
}
