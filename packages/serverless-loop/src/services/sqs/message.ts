/** A message as a sender hands it over. */
export interface QueueMessage {
  body: string;
  attributes?: Record<string, MessageAttribute>;
  /** `AWSTraceHeader`, `MessageGroupId` of FIFO and fair queues, and a FIFO queue's `MessageDeduplicationId` and `SequenceNumber`. */
  systemAttributes?: Record<string, string>;
}

export interface MessageAttribute {
  dataType: string;
  stringValue?: string;
  /** Base64. */
  binaryValue?: string;
}

/** Returns the bytes that count towards a queue's limit: the body and each attribute's name, type and value, in UTF-8 bytes. */
export function messageSizeBytes(message: QueueMessage): number {
  let sizeBytes = Buffer.byteLength(message.body);
  for (const [name, attribute] of Object.entries(message.attributes ?? {})) {
    sizeBytes +=
      Buffer.byteLength(name) + Buffer.byteLength(attribute.dataType) + attributeValue(attribute).length;
  }
  return sizeBytes;
}

/** An attribute's value as bytes. */
export function attributeValue(attribute: MessageAttribute): Buffer {
  if (isBinary(attribute)) return Buffer.from(attribute.binaryValue ?? '', 'base64');
  return Buffer.from(attribute.stringValue ?? '');
}

/** Types are `String`, `Number` or `Binary`, with or without a label of the sender's, e.g. `Binary.gif`. */
export function isBinary(attribute: MessageAttribute): boolean {
  return attribute.dataType.startsWith('Binary');
}
