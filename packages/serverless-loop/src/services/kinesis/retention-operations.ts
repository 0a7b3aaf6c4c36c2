import { integer, required } from '../../aws/members.ts';
import { type KinesisContext, onStream, operation } from './context.ts';
import type { DataStream } from './data-stream.ts';
import { invalidArgument } from './kinesis-errors.ts';
import { STREAM } from './shapes.ts';

export const MIN_RETENTION_HOURS = 24;
const MAX_RETENTION_HOURS = 8_760;

/** The operations on the time for which a stream keeps its records (Kinesis API reference). The words are moto's, tests/test_kinesis/test_kinesis.py. */
export const RETENTION_OPERATIONS = {
  IncreaseStreamRetentionPeriod: operation({
    input: { ...STREAM, RetentionPeriodHours: required(integer()) },
    needs: onStream,
    handle({ RetentionPeriodHours: hours, ...reference }, context) {
      const { model } = retained(reference, hours, context);
      if (hours < model.retentionHours)
        throw invalidArgument(
          `Requested retention period (${hours} hours) for stream ${model.name} can not be shorter than existing retention period (${model.retentionHours} hours). Use DecreaseRetentionPeriod API.`,
        );
      return keepFor(hours, reference, context);
    },
  }),

  DecreaseStreamRetentionPeriod: operation({
    input: { ...STREAM, RetentionPeriodHours: required(integer()) },
    needs: onStream,
    handle({ RetentionPeriodHours: hours, ...reference }, context) {
      const { model } = retained(reference, hours, context);
      if (hours > model.retentionHours)
        throw invalidArgument(
          `Requested retention period (${hours} hours) for stream ${model.name} can not be longer than existing retention period (${model.retentionHours} hours). Use IncreaseRetentionPeriod API.`,
        );
      return keepFor(hours, reference, context);
    },
  }),
};

type Reference = { StreamName?: string; StreamARN?: string };

function retained(reference: Reference, hours: number, { streams }: KinesisContext): DataStream {
  const stream = streams.of(reference);
  if (hours < MIN_RETENTION_HOURS)
    throw invalidArgument(
      `Minimum allowed retention period is ${MIN_RETENTION_HOURS} hours. Requested retention period (${hours} hours) is too short.`,
    );
  if (hours > MAX_RETENTION_HOURS)
    throw invalidArgument(
      `Maximum allowed retention period is ${MAX_RETENTION_HOURS} hours. Requested retention period (${hours} hours) is too long.`,
    );
  return stream;
}

function keepFor(retentionHours: number, reference: Reference, { streams }: KinesisContext) {
  const stream = streams.of(reference);
  stream.model = { ...stream.model, retentionHours };
  return {};
}
