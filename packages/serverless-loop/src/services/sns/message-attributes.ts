import { blob, required, structure, text, type ValueOf } from '../../aws/members.ts';
import type { MessageAttribute } from './message.ts';
import { invalidParameterValue } from './sns-errors.ts';

const MAX_NAME_LENGTH = 256;
const TYPE = /^(String|Number|Binary)(\..+)?$/;

export const ATTRIBUTE_VALUE = structure(
  { DataType: required(text()), StringValue: text(), BinaryValue: blob() },
  { name: 'Value' },
);

type AttributeValue = ValueOf<typeof ATTRIBUTE_VALUE>;

/** Publish's MessageAttributes, checked as SNS does it before it takes the message (SNS guide, "Amazon SNS message attributes"). Throws AwsError. */
export function parseAttributes(values: Record<string, AttributeValue>): Record<string, MessageAttribute> {
  return Object.fromEntries(
    Object.entries(values).map(([name, attribute]) => {
      refuseName(name);
      return [name, parseAttribute(name, attribute)];
    }),
  );
}

/** Says, character by character, what a name may not hold. */
function refuseName(name: string): void {
  const foreign = /[^\w.-]/u.exec(name)?.[0];
  if (name === '' || name.length > MAX_NAME_LENGTH)
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

function parseAttribute(
  name: string,
  { DataType, StringValue, BinaryValue: bytes }: AttributeValue,
): MessageAttribute {
  const BinaryValue = bytes?.toString('base64');
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
  if (!value) {
    throw invalidParameterValue(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    );
  }
  if (type === 'Number' && !Number.isFinite(Number(value)))
    throw invalidParameterValue(`Could not cast message attribute '${name}' value to number.`);
  return { dataType: DataType, value };
}
