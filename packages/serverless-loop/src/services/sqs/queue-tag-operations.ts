import { list, text } from '../../aws/members.ts';
import { operation, queueArn } from './context.ts';
import { QUEUE_URL, TAGS } from './shapes.ts';

/** Tags of queues. */
export const QUEUE_TAG_OPERATIONS = {
  ListQueueTags: operation({
    input: { QueueUrl: QUEUE_URL },
    output: { Tags: TAGS },
    needs: queueArn,
    handle({ QueueUrl }, { queues }) {
      const { tags } = queues.ofUrl(QueueUrl);
      return tags.size > 0 ? { Tags: Object.fromEntries(tags) } : {};
    },
  }),
  TagQueue: operation({
    input: { QueueUrl: QUEUE_URL, Tags: TAGS },
    needs: queueArn,
    handle({ QueueUrl, Tags }, { queues }) {
      const { tags } = queues.ofUrl(QueueUrl);
      for (const [key, value] of Object.entries(Tags ?? {})) tags.set(key, value);
      return {};
    },
  }),
  UntagQueue: operation({
    input: { QueueUrl: QUEUE_URL, TagKeys: list(text(), { name: 'TagKey', flat: true }) },
    needs: queueArn,
    handle({ QueueUrl, TagKeys }, { queues }) {
      const { tags } = queues.ofUrl(QueueUrl);
      for (const key of TagKeys ?? []) tags.delete(key);
      return {};
    },
  }),
};
