import { AwsError } from '../../aws/errors.ts';
import { integer, list, required, structure, text, timestamp } from '../../aws/members.ts';
import { pageOf } from '../../aws/page.ts';
import { type KinesisContext, operation } from './context.ts';
import type { DataStream } from './data-stream.ts';
import { inUse, invalidArgument, notFound } from './kinesis-errors.ts';
import { CONSUMER, NEXT_TOKEN, STREAM_ARN, TAGS } from './shapes.ts';

const NAME = text({ min: 1, max: 128, pattern: '[a-zA-Z0-9_.-]+' });
const CONSUMER_ARN = text({ min: 1, max: 2048 });
/** "You can register up to 20 consumers per stream" (Kinesis API reference, "RegisterStreamConsumer"). */
const MAX_CONSUMERS = 20;
const CONSUMERS_OF_PAGE = 100;

const REFERENCE = { StreamARN: STREAM_ARN, ConsumerName: NAME, ConsumerARN: CONSUMER_ARN } as const;

type Consumer = NonNullable<ReturnType<DataStream['consumers']['get']>>;

/** The operations on consumers with enhanced fan-out (Kinesis API reference). One that is registered is active at once. */
export const CONSUMER_OPERATIONS = {
  RegisterStreamConsumer: operation({
    input: { StreamARN: required(STREAM_ARN), ConsumerName: required(NAME), Tags: TAGS },
    output: { Consumer: structure(CONSUMER) },
    needs: ({ StreamARN = '*' }) => [StreamARN],
    handle({ StreamARN, ConsumerName: name }, { streams, clock, place }) {
      const stream = streams.of({ StreamARN });
      if ([...stream.consumers.values()].some((consumer) => consumer.name === name))
        throw inUse(
          `Consumer ${name} under stream ${StreamARN} already exists for account ${place.accountId}.`,
        );
      if (stream.consumers.size >= MAX_CONSUMERS)
        throw new AwsError(
          'LimitExceededException',
          `Consumer limit of ${MAX_CONSUMERS} is reached for stream ${stream.model.name} under account ${place.accountId}.`,
        );
      const createdAtMs = clock.now();
      const arn = `${stream.model.arn}/consumer/${name}:${Math.floor(createdAtMs / 1000)}`;
      const consumer = { name, arn, createdAtMs };
      stream.consumers.set(arn, consumer);
      return { Consumer: described(consumer) };
    },
  }),

  DeregisterStreamConsumer: operation({
    input: REFERENCE,
    needs: onConsumer,
    handle(reference, context) {
      const { stream, consumer } = found(reference, context);
      stream.consumers.delete(consumer.arn);
      return {};
    },
  }),

  DescribeStreamConsumer: operation({
    input: REFERENCE,
    output: { ConsumerDescription: structure({ ...CONSUMER, StreamARN: text() }) },
    needs: onConsumer,
    handle(reference, context) {
      const { stream, consumer } = found(reference, context);
      return { ConsumerDescription: { ...described(consumer), StreamARN: stream.model.arn } };
    },
  }),

  ListStreamConsumers: operation({
    input: {
      StreamARN: required(STREAM_ARN),
      NextToken: NEXT_TOKEN,
      MaxResults: integer({ min: 1, max: 10_000 }),
      StreamCreationTimestamp: timestamp(),
    },
    output: { Consumers: list(structure(CONSUMER)), NextToken: NEXT_TOKEN },
    needs: ({ StreamARN = '*' }) => [StreamARN],
    handle({ StreamARN, NextToken, MaxResults = CONSUMERS_OF_PAGE }, { streams }) {
      const { items, nextToken } = pageOf([...streams.of({ StreamARN }).consumers.values()], {
        list: 'ListStreamConsumers',
        limit: MaxResults,
        token: NextToken,
        refusal: () => invalidArgument('The NextToken is not valid.'),
      });
      return { Consumers: items.map(described), NextToken: nextToken };
    },
  }),
};

interface Reference {
  StreamARN?: string;
  ConsumerName?: string;
  ConsumerARN?: string;
}

export function onConsumer({ ConsumerARN, StreamARN = '*', ConsumerName = '' }: Reference): string[] {
  return [ConsumerARN ?? `${StreamARN}/consumer/${ConsumerName}`];
}

/** By its ARN, or by its name and its stream's ARN. Throws AwsError when there is none. */
export function found(
  { StreamARN, ConsumerName, ConsumerARN }: Reference,
  { streams, place }: KinesisContext,
): { stream: DataStream; consumer: Consumer } {
  const stream = streams.of({ StreamARN: ConsumerARN ?? StreamARN });
  const consumer = [...stream.consumers.values()].find(({ name, arn }) =>
    ConsumerARN === undefined ? name === ConsumerName : arn === ConsumerARN,
  );
  if (!consumer)
    throw notFound(`Consumer ${ConsumerARN ?? ConsumerName}, account ${place.accountId} not found.`);
  return { stream, consumer };
}

/** LocalStack's record, test_kinesis.snapshot.json, test_stream_consumers. */
function described({ name, arn, createdAtMs }: Consumer) {
  return {
    ConsumerName: name,
    ConsumerARN: arn,
    ConsumerStatus: 'ACTIVE',
    ConsumerCreationTimestamp: createdAtMs,
  };
}
