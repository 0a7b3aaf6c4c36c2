import { AwsError } from '../../aws/errors.ts';
import { isObject } from '../../aws/json-object.ts';
import type { MessageAttribute } from './message.ts';
import { invalidParameter, invalidParameterValue } from './sns-errors.ts';

const LONGEST_NAME = 256;
const TYPE = /^(String|Number|Binary)(\..+)?$/;

/** Publish's MessageAttributes, checked as SNS does it before it takes the message (SNS guide, "Amazon SNS message attributes"). Throws AwsError. */
export function parseAttributes(value: unknown): Record<string, MessageAttribute> {
  if (value === undefined || value === '') return {};
  if (!isObject(value)) throw invalidParameter('MessageAttributes');
  return Object.fromEntries(
    Object.entries(value).map(([name, attribute]) => {
      refuseName(name);
      return [name, parseAttribute(name, attribute)];
    }),
  );
}

/** Says, character by character, what a name may not hold. */
function refuseName(name: string): void {
  const foreign = /[^\w.-]/u.exec(name)?.[0];
  if (name === '' || name.length > LONGEST_NAME)
    throw invalidParameterValue('Length of message attribute name must be less than 256 bytes.');
  if (foreign !== undefined) {
    const codePoint = foreign.codePointAt(0)?.toString(16).toUpperCase();
    throw invalidParameterValue(
      `Invalid non-alphanumeric character '#x${codePoint}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
    );
  }
  for (const [isThere, where] of [
    [name.startsWith('.'), 'starting'],
    [name.endsWith('.'), 'ending'],
  ] as const)
    if (isThere)
      throw invalidParameterValue(`Invalid message attribute name ${where} with character '.' was found.`);
  if (name.includes('..'))
    throw invalidParameterValue("Message attribute name can not have successive '.' character.");
}

function parseAttribute(name: string, attribute: unknown): MessageAttribute {
  const { DataType, StringValue, BinaryValue } = isObject(attribute) ? attribute : {};
  if (typeof DataType !== 'string') {
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value null at 'messageAttributes.${name}.member.dataType' failed to satisfy constraint: Member must not be null`,
    );
  }
  const type = TYPE.exec(DataType)?.[1];
  if (type === undefined) {
    throw invalidParameterValue(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const [field, value, other] =
    type === 'Binary' ? ['Binary', BinaryValue, StringValue] : ['String', StringValue, BinaryValue];
  if (value === undefined && other !== undefined)
    throw invalidParameterValue(
      `The message attribute '${name}' with type '${DataType}' must use field '${field}'.`,
    );
  if (typeof value !== 'string' || value === '') {
    throw invalidParameterValue(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    );
  }
  if (type === 'Number' && !Number.isFinite(Number(value)))
    throw invalidParameterValue(`Could not cast message attribute '${name}' value to number.`);
  return { dataType: DataType, value };
}
