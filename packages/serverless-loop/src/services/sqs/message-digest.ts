import { createHash } from 'node:crypto';
import { attributeValue, isBinary, type MessageAttribute } from './message.ts';

const TEXT_VALUE = Buffer.of(1);
const BINARY_VALUE = Buffer.of(2);

/** MD5 in hex of a text's UTF-8 bytes, as SDKs verify it. */
export function md5OfText(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/**
 * MD5 in hex of message attributes: by ascending name, name, type and value, each behind its length in four bytes, the
 * value also behind its kind (SQS guide, "Calculating the MD5 message digest for message attributes").
 */
export function md5OfAttributes(attributes: Record<string, MessageAttribute>): string {
  const hash = createHash('md5');
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const [name, attribute] of Object.entries(attributes).sort(byName)) {
    add(Buffer.from(name));
    add(Buffer.from(attribute.dataType));
    hash.update(isBinary(attribute) ? BINARY_VALUE : TEXT_VALUE);
    add(attributeValue(attribute));
  }
  return hash.digest('hex');
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}
