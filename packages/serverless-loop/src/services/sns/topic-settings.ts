import { parsePolicyDocument } from '../../aws/policy-parsing.ts';
import type { FifoTopicModel, TopicModel } from '../../template/model.ts';
import { invalidParameter } from './sns-errors.ts';

/** Attributes that are kept and shown, and without effect here. */
const KEPT = [
  'ArchivePolicy',
  'DeliveryPolicy',
  'KmsMasterKeyId',
  'SignatureVersion',
  'TracingConfig',
  ...['Application', 'Firehose', 'HTTP', 'Lambda', 'SQS'].flatMap((protocol) =>
    ['FailureFeedbackRoleArn', 'SuccessFeedbackRoleArn', 'SuccessFeedbackSampleRate'].map(
      (name) => `${protocol}${name}`,
    ),
  ),
];
const MAX_DISPLAY_NAME_LENGTH = 100;

/** The topic with an attribute set (SNS API reference, "SetTopicAttributes"). Throws AwsError. */
export function withTopicAttribute(model: TopicModel, name: string, value: string): TopicModel {
  switch (name) {
    case 'DisplayName':
      if (value.length > MAX_DISPLAY_NAME_LENGTH) throw invalidParameter('DisplayName');
      return { ...model, displayName: value };
    case 'Policy': {
      const resourcePolicy = parsePolicyDocument(value);
      if (!resourcePolicy) throw invalidParameter('Policy Error: null');
      return { ...model, resourcePolicy };
    }
    case 'ContentBasedDeduplication':
    case 'FifoThroughputScope':
      if (!model.fifo) throw invalidParameter('AttributeName');
      return { ...model, fifo: withFifoAttribute(model.fifo, name, value) };
    default:
      if (!KEPT.includes(name)) throw invalidParameter('AttributeName');
      return { ...model, attributes: { ...model.attributes, [name]: value } };
  }
}

const SCOPES = ['Topic', 'MessageGroup'] as const;

function withFifoAttribute(fifo: FifoTopicModel, name: string, value: string): FifoTopicModel {
  if (name === 'ContentBasedDeduplication') {
    if (!/^(true|false)$/i.test(value))
      throw invalidParameter(`${name}: Invalid value [${value}]. Must be true or false.`);
    return { ...fifo, isContentBased: value.toLowerCase() === 'true' };
  }
  const throughputScope = SCOPES.find((scope) => scope === value);
  if (!throughputScope) throw invalidParameter(name);
  return { ...fifo, throughputScope };
}
