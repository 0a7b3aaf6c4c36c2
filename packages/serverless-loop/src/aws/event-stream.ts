import { crc32 } from 'node:zlib';

/** An event that a streamed answer consists of. */
export interface StreamedEvent {
  type: string;
  contentType: 'application/json' | 'application/octet-stream' | 'application/x-amz-json-1.1';
  payload: Buffer;
}

/** Total length, length of the headers and their checksum, before; a checksum of all, behind. */
const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;
/** The kind of a header's value. */
const STRING = 7;

/** An event as it goes over the wire (Smithy, "Amazon Event Stream Specification": application/vnd.amazon.eventstream). */
export function eventFrame({ type, contentType, payload }: StreamedEvent): Buffer {
  const headers = Buffer.concat([
    header(':event-type', type),
    header(':content-type', contentType),
    header(':message-type', 'event'),
  ]);
  const frame = Buffer.alloc(PRELUDE_BYTES + headers.length + payload.length + CHECKSUM_BYTES);
  frame.writeUInt32BE(frame.length, 0);
  frame.writeUInt32BE(headers.length, 4);
  frame.writeUInt32BE(crc32(frame.subarray(0, 8)), 8);
  headers.copy(frame, PRELUDE_BYTES);
  payload.copy(frame, PRELUDE_BYTES + headers.length);
  const end = frame.length - CHECKSUM_BYTES;
  frame.writeUInt32BE(crc32(frame.subarray(0, end)), end);
  return frame;
}

/** Name and text, each after its length. */
function header(name: string, text: string): Buffer {
  const head = Buffer.from([name.length, ...Buffer.from(name), STRING, 0, 0]);
  head.writeUInt16BE(Buffer.byteLength(text), head.length - 2);
  return Buffer.concat([head, Buffer.from(text)]);
}
