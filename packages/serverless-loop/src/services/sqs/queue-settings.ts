import { parseArn } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import { parseObject } from '../../aws/json-limits.ts';
import { parsePolicyDocument } from '../../aws/policy-parsing.ts';
import type { QueueModel } from '../../template/model.ts';
import { changedFifo, FIFO_NAMES } from './fifo/fifo-settings.ts';
import { changedEncryption, ENCRYPTION_NAMES } from './queue-encryption.ts';
import { allowPolicyProblem, redriveForbidden, takesDeadLetters } from './redrive-permission.ts';
import { invalidValue, sqsError } from './sqs-error.ts';

/** The settings that SetQueueAttributes and CreateQueue can change. */
export type QueueSettings = Partial<
  Pick<
    QueueModel,
    | 'visibilityTimeoutSeconds'
    | 'messageRetentionSeconds'
    | 'delaySeconds'
    | 'receiveWaitSeconds'
    | 'maximumMessageBytes'
    | 'resourcePolicy'
  > & {
    redrive: QueueModel['redrive'] | undefined;
    redriveAllowPolicy: string | undefined;
    /** By their names: what they come to depends on what the queue was. */
    encryption: Record<string, string>;
    /** By their names, too. */
    fifo: Record<string, string>;
  }
>;

/** The queue that is to have the settings, and its world. */
interface SettingsOf {
  isFifo: boolean;
  queueArn: string;
  findQueue(queueArn: string): Pick<QueueModel, 'redriveAllowPolicy'> | undefined;
}

/** Settings that are numbers, with their limits (SQS reference, SetQueueAttributes). */
const NUMBERS = {
  VisibilityTimeout: { setting: 'visibilityTimeoutSeconds', least: 0, most: 43_200 },
  MessageRetentionPeriod: { setting: 'messageRetentionSeconds', least: 60, most: 1_209_600 },
  DelaySeconds: { setting: 'delaySeconds', least: 0, most: 900 },
  ReceiveMessageWaitTimeSeconds: { setting: 'receiveWaitSeconds', least: 0, most: 20 },
  MaximumMessageSize: { setting: 'maximumMessageBytes', least: 1_024, most: 1_048_576 },
} as const;

/** Of a queue's policy (SQS guide, "Amazon SQS policy quotas"; the words of an answer beyond it: BishopFox/cloudfoxable, issue 29). */
const MAX_POLICY_BYTES = 8_192;

/** Settings from the `Attributes` of a request. Throws AwsError for an unknown one or a bad value. */
export function parseSettings(attributes: Record<string, string>, queue: SettingsOf): QueueSettings {
  const settings: QueueSettings = {};
  for (const [name, text] of Object.entries(attributes)) {
    if (isNumberName(name)) settings[NUMBERS[name].setting] = parseNumber(name, text);
    else if (name === 'RedrivePolicy') settings.redrive = parseRedrive(text, queue);
    else if (name === 'Policy') settings.resourcePolicy = parsePolicy(text);
    else if (name === 'RedriveAllowPolicy') settings.redriveAllowPolicy = parseRedriveAllow(text);
    else if (ENCRYPTION_NAMES.includes(name)) settings.encryption = { ...settings.encryption, [name]: text };
    else if (FIFO_NAMES.some((each) => each === name)) settings.fifo = { ...settings.fifo, [name]: text };
    else throw sqsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
  }
  return settings;
}

/** The queue with its settings changed. */
export function applySettings(model: QueueModel, settings: QueueSettings): QueueModel {
  const { redrive, redriveAllowPolicy, encryption, fifo, ...others } = settings;
  const { redrive: redriveBefore, redriveAllowPolicy: allowBefore, encryption: before, ...kept } = model;
  const { fifo: fifoBefore, policyId, ...rest } = kept;
  const fifoAfter = changedFifo(fifoBefore, fifo ?? {});
  const redriveAfter = 'redrive' in settings ? redrive : redriveBefore;
  const allowAfter = 'redriveAllowPolicy' in settings ? redriveAllowPolicy : allowBefore;
  const after = encryption ? changedEncryption(before, encryption) : before;
  return {
    ...rest,
    ...(policyId !== undefined && others.resourcePolicy === undefined && { policyId }),
    ...others,
    ...(redriveAfter !== undefined && { redrive: redriveAfter }),
    ...(allowAfter !== undefined && { redriveAllowPolicy: allowAfter }),
    ...(after !== undefined && { encryption: after }),
    ...(fifoAfter && { fifo: fifoAfter }),
  };
}

function isNumberName(name: string): name is keyof typeof NUMBERS {
  return Object.hasOwn(NUMBERS, name);
}

function parseNumber(name: keyof typeof NUMBERS, text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  const { least, most } = NUMBERS[name];
  if (value >= least && value <= most) return value;
  throw sqsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}

function parsePolicy(text: string): QueueModel['resourcePolicy'] {
  if (text === '') return [];
  if (Buffer.byteLength(text) > MAX_POLICY_BYTES)
    throw new AwsError('OverLimit', 'Submitted policy is over max allowed size.', { status: 403 });
  const statements = parsePolicyDocument(text);
  if (!statements) throw sqsError('InvalidAttributeValue', 'Invalid value for the parameter Policy.');
  return statements;
}

/** An empty text takes the policy away. */
function parseRedrive(
  text: string,
  { queueArn, isFifo, findQueue }: SettingsOf,
): QueueModel['redrive'] | undefined {
  if (text === '') return undefined;
  const refuse = (reason: string) => invalidValue(text, 'RedrivePolicy', reason);
  const policy = parseObject(text);
  if (!policy) throw refuse("Amazon SQS can't parse the JSON.");
  const { deadLetterTargetArn: deadLetterArn, maxReceiveCount } = policy;
  if (typeof deadLetterArn !== 'string' || parseArn(deadLetterArn)?.service !== 'sqs') {
    throw refuse('Invalid value for deadLetterTargetArn.');
  }
  const count = Number(maxReceiveCount);
  if (!Number.isInteger(count) || count < 1 || count > 1000) {
    throw refuse(
      `Invalid value for maxReceiveCount: ${maxReceiveCount}, valid values are from 1 to 1000 both inclusive.`,
    );
  }
  // The words: byu-oit/handel, issue 253.
  if (deadLetterArn.endsWith('.fifo') !== isFifo)
    throw refuse('Dead-letter queue must be same type of queue as the source.');
  const deadLetters = findQueue(deadLetterArn);
  if (!deadLetters) throw refuse('Dead letter target does not exist.');
  if (!takesDeadLetters(deadLetters, queueArn)) throw redriveForbidden(text);
  return { deadLetterArn, maxReceiveCount: count };
}

/** An empty text takes it away. */
function parseRedriveAllow(text: string): string | undefined {
  if (text === '') return undefined;
  const problem = allowPolicyProblem(text);
  if (problem === undefined) return text;
  throw invalidValue(text, 'RedriveAllowPolicy', problem);
}
