import { AwsError } from '../../aws/errors.ts';
import { integer, list, required, structure, text } from '../../aws/members.ts';
import { onStream, operation } from './context.ts';
import { hashKeyOf } from './hash-keys.ts';
import { invalidArgument } from './kinesis-errors.ts';
import { DATA, HASH_KEY, PARTITION_KEY, SEQUENCE_NUMBER, SHARD_ID, STREAM } from './shapes.ts';

/** Of one call (Kinesis API reference, "PutRecords": "each request can support up to 500 records" and 10 MiB). */
const MAX_RECORDS = 500;
const MAX_BYTES_PUT = 10 * 1_048_576;

/** The operations that write records (Kinesis API reference). */
export const PUT_OPERATIONS = {
  PutRecord: operation({
    input: {
      ...STREAM,
      Data: required(DATA),
      PartitionKey: PARTITION_KEY,
      ExplicitHashKey: HASH_KEY,
      // Each number is greater than all before, whoever asks for it.
      SequenceNumberForOrdering: SEQUENCE_NUMBER,
    },
    output: { ShardId: SHARD_ID, SequenceNumber: SEQUENCE_NUMBER, EncryptionType: text() },
    needs: onStream,
    handle({ Data, PartitionKey: given, ExplicitHashKey, ...reference }, { streams }, { traceHeader }) {
      const stream = streams.of(reference);
      const PartitionKey = requiredKey(given, 'partitionKey');
      const { shardId, sequenceNumber } = stream.put(
        hashKeyOf(PartitionKey, ExplicitHashKey),
        PartitionKey,
        Data,
        traceHeader,
      );
      return { ShardId: shardId, SequenceNumber: sequenceNumber };
    },
  }),

  PutRecords: operation({
    input: {
      ...STREAM,
      Records: required(
        list(
          structure({
            Data: required(DATA),
            PartitionKey: PARTITION_KEY,
            ExplicitHashKey: HASH_KEY,
          }),
          { min: 1, max: MAX_RECORDS },
        ),
      ),
    },
    output: {
      FailedRecordCount: integer(),
      Records: list(
        structure({
          SequenceNumber: SEQUENCE_NUMBER,
          ShardId: SHARD_ID,
          ErrorCode: text(),
          ErrorMessage: text(),
        }),
      ),
      EncryptionType: text(),
    },
    needs: onStream,
    handle({ Records, ...reference }, { streams }, { traceHeader }) {
      const stream = streams.of(reference);
      const bytes = Records.reduce(
        (sum, { Data, PartitionKey }) => sum + Data.length + Buffer.byteLength(PartitionKey ?? ''),
        0,
      );
      if (bytes > MAX_BYTES_PUT) throw invalidArgument('Records size exceeds 10 MB limit');
      // All keys are looked at before the first record is taken.
      const keyed = Records.map(({ Data, PartitionKey: given, ExplicitHashKey }, index) => {
        const PartitionKey = requiredKey(given, `records.${index + 1}.member.partitionKey`);
        return { Data, PartitionKey, hashKey: hashKeyOf(PartitionKey, ExplicitHashKey) };
      });
      return {
        FailedRecordCount: 0,
        Records: keyed.map(({ hashKey, PartitionKey, Data }) => {
          const { shardId, sequenceNumber } = stream.put(hashKey, PartitionKey, Data, traceHeader);
          return { SequenceNumber: sequenceNumber, ShardId: shardId };
        }),
      };
    },
  }),
};

/** The model lets it out for streams that spread records by themselves, which are not here. */
function requiredKey(key: string | undefined, where: string): string {
  if (key !== undefined) return key;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${where}' failed to satisfy constraint: Member must not be null`,
  );
}
