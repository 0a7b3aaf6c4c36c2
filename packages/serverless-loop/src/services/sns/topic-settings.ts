import { parsePolicyDocument } from '../../aws/policy-parsing.ts';
import type { TopicModel } from '../../template/model.ts';
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
const LONGEST_DISPLAY_NAME = 100;

/** The topic with an attribute set (SNS API reference, "SetTopicAttributes"). Throws AwsError. */
export function withTopicAttribute(model: TopicModel, name: string, value: string): TopicModel {
  switch (name) {
    case 'DisplayName':
      if (value.length > LONGEST_DISPLAY_NAME) throw invalidParameter('DisplayName');
      return { ...model, displayName: value };
    case 'Policy': {
      const resourcePolicy = parsePolicyDocument(value);
      if (!resourcePolicy) throw invalidParameter('Policy Error: null');
      return { ...model, resourcePolicy };
    }
    case 'FifoTopic':
    case 'ContentBasedDeduplication':
      if (value === 'false') return model;
      throw invalidParameter(`${name} Reason: FIFO topics are not emulated by the loop`);
    default:
      if (!KEPT.includes(name)) throw invalidParameter('AttributeName');
      return { ...model, attributes: { ...model.attributes, [name]: value } };
  }
}
