import { UsageError } from 'serverless-loop/commands';

/** The queues that misses end in: each with its output, and the one function whose misses belong there. */
const QUEUES = {
  rule: { urlOutput: 'OrderCreatedDeadLetterQueueUrl', functionOutput: 'OrderProcessorFunctionArn' },
  processor: { urlOutput: 'OrderProcessorFailureQueueUrl', functionOutput: 'OrderProcessorFunctionArn' },
  creator: { urlOutput: 'OrderCreatorFailureQueueUrl', functionOutput: 'OrderCreatorFunctionArn' },
} as const;

export type QueueName = keyof typeof QUEUES;

/** Throws UsageError. */
export function parseQueueName(text: string | undefined): QueueName {
  if (text === 'rule' || text === 'processor' || text === 'creator') return text;
  const found = text === undefined ? 'nothing' : `"${text}"`;
  throw new UsageError(`--queue: expected rule, processor or creator, found ${found}`);
}

/** The outputs of the stack that say where a queue is and which function its messages missed. */
export function outputsOf(queue: QueueName): { urlOutput: string; functionOutput: string } {
  return QUEUES[queue];
}
