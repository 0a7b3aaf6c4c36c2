import type { FifoModel } from '../../../template/model.ts';
import { sqsError } from '../sqs-error.ts';

/** The attributes that a FIFO queue alone has (SQS API reference, "CreateQueue"). */
export const FIFO_NAMES = [
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
] as const;

const SCOPES = ['queue', 'messageGroup'] as const;
const LIMITS = ['perQueue', 'perMessageGroupId'] as const;

export const DEFAULT_FIFO: FifoModel = {
  isContentBased: false,
  deduplicationScope: 'queue',
  throughputLimit: 'perQueue',
};

/** Tells whether CreateQueue asks for a FIFO queue. */
export function asksForFifo({ FifoQueue }: Readonly<Record<string, string>>): boolean {
  return FifoQueue?.toLowerCase() === 'true';
}

/**
 * A queue's FIFO settings once a request with these attributes has changed them; undefined of a standard queue. Throws
 * AwsError (the words: LocalStack's records, test_sqs.snapshot.json, test_create_standard_queue_with_fifo_attribute_raises_error
 * and test_set_unsupported_attribute_fifo).
 */
export function changedFifo(
  before: FifoModel | undefined,
  attributes: Readonly<Record<string, string>>,
): FifoModel | undefined {
  if (!before) {
    refuseFifoAttributes(attributes);
    return undefined;
  }
  if (attributes.FifoQueue !== undefined && !asksForFifo(attributes))
    throw invalid('FifoQueue', ' Reason: Modifying queue type is not supported.');
  const after: FifoModel = {
    isContentBased: flag('ContentBasedDeduplication', attributes) ?? before.isContentBased,
    deduplicationScope: word('DeduplicationScope', SCOPES, attributes) ?? before.deduplicationScope,
    throughputLimit: word('FifoThroughputLimit', LIMITS, attributes) ?? before.throughputLimit,
  };
  // The rule as CreateQueue's page has it.
  if (after.throughputLimit === 'perMessageGroupId' && after.deduplicationScope !== 'messageGroup')
    throw sqsError(
      'InvalidAttributeValue',
      'The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.',
    );
  return after;
}

/** As GetQueueAttributes shows it. */
export function fifoAttributes(fifo: FifoModel | undefined): Record<string, string> {
  if (!fifo) return {};
  return {
    FifoQueue: 'true',
    ContentBasedDeduplication: String(fifo.isContentBased),
    DeduplicationScope: fifo.deduplicationScope,
    FifoThroughputLimit: fifo.throughputLimit,
  };
}

function refuseFifoAttributes(attributes: Readonly<Record<string, string>>): void {
  const name = FIFO_NAMES.find((each) => attributes[each] !== undefined);
  if (name === undefined) return;
  const isTuning = name === 'DeduplicationScope' || name === 'FifoThroughputLimit';
  throw sqsError(
    'InvalidAttributeName',
    isTuning
      ? `You can specify the ${name} only when FifoQueue is set to true.`
      : `Unknown Attribute ${name}.`,
  );
}

function flag(name: string, { [name]: text }: Readonly<Record<string, string>>): boolean | undefined {
  if (text === undefined) return undefined;
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  throw invalid(name);
}

function word<const Word extends string>(
  name: string,
  words: readonly Word[],
  { [name]: text }: Readonly<Record<string, string>>,
): Word | undefined {
  if (text === undefined) return undefined;
  const found = words.find((each) => each === text);
  if (found === undefined) throw invalid(name);
  return found;
}

function invalid(name: string, reason = '') {
  return sqsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.${reason}`);
}
