import { parseArn } from '../../aws/arn.ts';
import { parseObject } from '../../aws/json-limits.ts';
import type { SubscriptionModel } from '../../template/model.ts';
import { policyProblem } from './http/delivery-policy.ts';
import { invalidParameter } from './sns-errors.ts';

type Filter = NonNullable<SubscriptionModel['filter']>;
type Scope = Filter['scope'];

/** The subscription with an attribute set (SNS API reference, "SetSubscriptionAttributes"). Throws AwsError. */
export function withSubscriptionAttribute(
  { filter, deadLetterArn, ...rest }: SubscriptionModel,
  name: string,
  value: string,
): SubscriptionModel {
  const kept = { ...rest, ...(filter && { filter }), ...(deadLetterArn !== undefined && { deadLetterArn }) };
  switch (name) {
    case 'DeliveryPolicy': {
      if (!parseObject(value)) throw invalidParameter('DeliveryPolicy: failed to parse JSON.');
      const problem = policyProblem(value);
      if (problem !== undefined) throw invalidParameter(`DeliveryPolicy: ${problem}`);
      return { ...kept, deliveryPolicy: value };
    }
    case 'RawMessageDelivery':
      return { ...kept, isRaw: truth(name, value) };
    case 'FilterPolicy': {
      if (value === '' || value === '{}')
        return { ...rest, ...(deadLetterArn !== undefined && { deadLetterArn }) };
      if (!parseObject(value)) throw invalidParameter('FilterPolicy: failed to parse JSON.');
      return { ...kept, filter: { policy: value, scope: filter?.scope ?? 'MessageAttributes' } };
    }
    case 'FilterPolicyScope':
      return filter ? { ...kept, filter: { ...filter, scope: scopeOf(value) } } : kept;
    case 'RedrivePolicy':
      return { ...rest, ...(filter && { filter }), ...redriveOf(value, rest) };
    case 'SubscriptionRoleArn':
    case 'ReplayPolicy':
      // Of HTTP, Firehose and archives, which are not here.
      return kept;
    default:
      throw invalidParameter('AttributeName');
  }
}

/** All attributes of a new subscription: the scope of a policy after the policy. Throws AwsError. */
export function withSubscriptionAttributes(
  subscription: SubscriptionModel,
  attributes: Readonly<Record<string, string>>,
): SubscriptionModel {
  const entries = Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1));
  let made = subscription;
  for (const [name, value] of entries) {
    try {
      made = withSubscriptionAttribute(made, name, value);
    } catch (error) {
      // LocalStack's record, test_sns.snapshot.json, test_create_subscriptions_with_attributes.
      const reason = error instanceof Error ? error.message.replace('Invalid parameter: ', '') : name;
      throw invalidParameter(`Attributes Reason: ${reason}`);
    }
  }
  return made;
}

/** The same record's test_validate_set_sub_attributes has the words. */
function truth(name: string, value: string): boolean {
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw invalidParameter(`${name}: Invalid value [${value}]. Must be true or false.`);
}

function scopeOf(value: string): Scope {
  if (value === 'MessageBody' || value === 'MessageAttributes') return value;
  throw invalidParameter(
    `FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
  );
}

function redriveOf(
  value: string,
  { endpoint }: Pick<SubscriptionModel, 'endpoint'>,
): Pick<SubscriptionModel, 'deadLetterArn'> {
  if (value === '' || value === '{}') return {};
  const policy = parseObject(value);
  if (!policy) throw invalidParameter('RedrivePolicy: failed to parse JSON.');
  const arn = policy.deadLetterTargetArn;
  if (typeof arn !== 'string' || parseArn(arn)?.service !== 'sqs')
    throw invalidParameter('RedrivePolicy: deadLetterTargetArn is an invalid arn');
  // LocalStack's record, test_sns.snapshot.json, test_validations_for_fifo.
  if (endpoint.endsWith('.fifo') && !arn.endsWith('.fifo'))
    throw invalidParameter(
      'RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.',
    );
  return { deadLetterArn: arn };
}
