import type { ServiceDescription } from '../../aws/service.ts';
import type { SqsContext } from './context.ts';
import { MESSAGE_OPERATIONS } from './message-operations.ts';
import { MOVE_TASK_OPERATIONS } from './move-task-operations.ts';
import { PERMISSION_OPERATIONS } from './permission-operations.ts';
import { QUEUE_LIST_OPERATIONS } from './queue-list-operations.ts';
import { QUEUE_OPERATIONS } from './queue-operations.ts';
import { QUEUE_TAG_OPERATIONS } from './queue-tag-operations.ts';
import { queryError, SQS_DIALECT } from './sqs-error.ts';

/** Amazon SQS: by JSON, and as clients from before that speak it (SQS guide, "Making Query API requests"). */
export const SQS: ServiceDescription<SqsContext> = {
  title: 'SQS',
  signingName: 'sqs',
  dialect: SQS_DIALECT,
  json: { targetPrefix: 'AmazonSQS', jsonVersion: '1.0', errorNamespace: 'com.amazonaws.sqs' },
  query: {
    version: '2012-11-05',
    namespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
    // A form may name its queue by the path (the same page).
    resourcePath: { pattern: /^\/\d{12}\/[^/]+$/, member: 'QueueUrl' },
    error: queryError,
  },
  operations: {
    ...MESSAGE_OPERATIONS,
    ...MOVE_TASK_OPERATIONS,
    ...PERMISSION_OPERATIONS,
    ...QUEUE_OPERATIONS,
    ...QUEUE_LIST_OPERATIONS,
    ...QUEUE_TAG_OPERATIONS,
  },
};
