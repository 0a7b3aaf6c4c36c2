import { formatArn } from '../../aws/arn.ts';
import { list, map, required, structure, text } from '../../aws/members.ts';
import type { TopicModel } from '../../template/model.ts';
import { operation, refuseForeignArn, taggedTopic, topicOf } from './context.ts';
import { invalidParameter } from './sns-errors.ts';
import { withTopicAttribute } from './topic-settings.ts';

const NAME = /^[\w-]{1,256}$/;
const MAX_TAGS = 50;
const TAG = structure({ Key: required(text()), Value: required(text()) });
const TAGGED = { ResourceArn: required(text()) } as const;

type Tag = { Key: string; Value: string };

/** The operations that make and change topics (SNS API reference). The words of refusals: LocalStack's record, test_sns.snapshot.json. */
export const TOPIC_OPERATIONS = {
  CreateTopic: operation({
    input: {
      Name: required(text()),
      Attributes: map(text()),
      Tags: list(TAG),
      DataProtectionPolicy: text(),
    },
    output: { TopicArn: text() },
    needs: ({ Name = '' }, { place }) => [formatArn(place, 'sns', Name)],
    handle({ Name, Attributes = {}, Tags = [] }, context) {
      // A FIFO topic's name ends so, and it alone.
      const isFifo = Attributes.FifoTopic === 'true';
      if (!NAME.test(isFifo ? Name.replace(/\.fifo$/, '') : Name) || isFifo !== Name.endsWith('.fifo'))
        throw invalidParameter('Topic Name');
      const arn = formatArn(context.place, 'sns', Name);
      const existing = context.list().find(({ model }) => model.arn === arn);
      // It says what the name says already.
      const { FifoTopic: _, ...others } = Attributes;
      if (existing) refuseOther(existing.model, others, Tags);
      else context.put(newTopic(Name, arn, others, tagsOf(Tags)));
      return { TopicArn: arn };
    },
  }),

  DeleteTopic: operation({
    input: { TopicArn: required(text()) },
    needs: ({ TopicArn = '*' }) => [TopicArn],
    // "Calling this action on a deleted topic doesn't result in an error" (the same reference).
    handle({ TopicArn }, context) {
      refuseForeignArn(TopicArn, 'TopicArn', context.place);
      context.remove(TopicArn);
      return {};
    },
  }),

  SetTopicAttributes: operation({
    input: { TopicArn: required(text()), AttributeName: required(text()), AttributeValue: text() },
    needs: ({ TopicArn = '*' }) => [TopicArn],
    handle({ TopicArn, AttributeName, AttributeValue = '' }, context) {
      const { model } = topicOf(TopicArn, context, 'TopicArn');
      context.put(withTopicAttribute(model, AttributeName, AttributeValue));
      return {};
    },
  }),

  TagResource: operation({
    input: { ...TAGGED, Tags: required(list(TAG)) },
    output: {},
    needs: onResource,
    handle({ ResourceArn, Tags }, context) {
      const { model } = taggedTopic(ResourceArn, context);
      context.put({ ...model, tags: { ...model.tags, ...tagsOf(Tags) } });
      return {};
    },
  }),

  UntagResource: operation({
    input: { ...TAGGED, TagKeys: required(list(text())) },
    output: {},
    needs: onResource,
    handle({ ResourceArn, TagKeys }, context) {
      const { model } = taggedTopic(ResourceArn, context);
      const left = Object.entries(model.tags ?? {}).filter(([key]) => !TagKeys.includes(key));
      context.put({ ...model, tags: Object.fromEntries(left) });
      return {};
    },
  }),

  ListTagsForResource: operation({
    input: TAGGED,
    output: { Tags: list(TAG) },
    needs: onResource,
    handle({ ResourceArn }, context) {
      const { model } = taggedTopic(ResourceArn, context);
      return { Tags: Object.entries(model.tags ?? {}).map(([Key, Value]) => ({ Key, Value })) };
    },
  }),
};

function onResource({ ResourceArn = '*' }: { ResourceArn?: string }): string[] {
  return [ResourceArn];
}

function newTopic(
  name: string,
  arn: string,
  attributes: Readonly<Record<string, string>>,
  tags: Readonly<Record<string, string>>,
): TopicModel {
  const fifo = name.endsWith('.fifo') && { fifo: { isContentBased: false } };
  const bare: TopicModel = { logicalId: name, name, arn, displayName: '', subscriptions: [], tags, ...fifo };
  return Object.entries(attributes).reduce(
    (model, [attribute, value]) => withTopicAttribute(model, attribute, value),
    bare,
  );
}

/** A topic that is there is answered with, unless it is asked for with other settings than it has. */
function refuseOther(model: TopicModel, attributes: Readonly<Record<string, string>>, tags: Tag[]): void {
  for (const [name, value] of Object.entries(attributes))
    if (JSON.stringify(withTopicAttribute(model, name, value)) !== JSON.stringify(model))
      throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
  if (Object.entries(tagsOf(tags)).some(([key, value]) => model.tags?.[key] !== value))
    throw invalidParameter('Tags Reason: Topic already exists with different tags');
}

function tagsOf(tags: readonly Tag[]): Record<string, string> {
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length)
    throw invalidParameter('Duplicated keys are not allowed.');
  if (tags.length > MAX_TAGS) throw invalidParameter('Tags Reason: A topic has at most 50 tags');
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}
