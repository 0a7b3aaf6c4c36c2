/** An event as it is kept; its message's bytes become text only when somebody asks for it. */
export interface KeptEvent {
  streamId: number;
  /** Counts all events ever kept, from 0. */
  sequence: number;
  timestamp: number;
  ingestionTime: number;
  messageBytes: number;
  message(): string;
}

/** The newest log events within a number of bytes; the oldest go, a segment at a time. */
export interface EventRing {
  /** Returns its number among all. */
  add(streamId: number, timestamp: number, ingestionTime: number, message: string): number;
  /** In the order they came; without those wholly outside the times, which are epoch milliseconds, both included. */
  events(from?: number, to?: number): Iterable<KeptEvent>;
  empty(): void;
}

export interface EventRingOptions {
  maxBytes: number;
  segmentBytes?: number;
  /** Called when the first events go. */
  onFull(): void;
}

/** Events one after the other: length, stream, two times, message. Outside the heap, so that no line costs more than this. */
interface Segment {
  bytes: Buffer;
  used: number;
  firstSequence: number;
  earliest: number;
  latest: number;
}

const HEADER_BYTES = 24;
const SEGMENT_BYTES = 64 * 1024;

export function eventRing({ maxBytes, segmentBytes = SEGMENT_BYTES, onFull }: EventRingOptions): EventRing {
  const segments: Segment[] = [];
  let heldBytes = 0;
  let sequence = 0;
  let isFull = false;

  function segmentWith(room: number): Segment {
    const last = segments.at(-1);
    if (last && last.bytes.length - last.used >= room) return last;
    const size = Math.max(segmentBytes, room);
    while (segments.length > 0 && heldBytes + size > maxBytes) dropOldest();
    heldBytes += size;
    const segment = {
      bytes: Buffer.allocUnsafeSlow(size),
      used: 0,
      firstSequence: sequence,
      earliest: Number.POSITIVE_INFINITY,
      latest: Number.NEGATIVE_INFINITY,
    };
    segments.push(segment);
    return segment;
  }

  function dropOldest(): void {
    heldBytes -= segments.shift()?.bytes.length ?? 0;
    if (isFull) return;
    isFull = true;
    onFull();
  }

  return {
    add(streamId, timestamp, ingestionTime, message) {
      const messageBytes = Buffer.byteLength(message);
      const segment = segmentWith(HEADER_BYTES + messageBytes);
      const { bytes, used } = segment;
      bytes.writeUInt32LE(messageBytes, used);
      bytes.writeUInt32LE(streamId, used + 4);
      bytes.writeDoubleLE(timestamp, used + 8);
      bytes.writeDoubleLE(ingestionTime, used + 16);
      bytes.write(message, used + HEADER_BYTES);
      segment.used += HEADER_BYTES + messageBytes;
      segment.earliest = Math.min(segment.earliest, timestamp);
      segment.latest = Math.max(segment.latest, timestamp);
      sequence += 1;
      return sequence - 1;
    },
    empty() {
      segments.length = 0;
      heldBytes = 0;
    },
    *events(from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY) {
      for (const segment of segments) {
        if (segment.latest >= from && segment.earliest <= to) yield* eventsOf(segment);
      }
    },
  };
}

function* eventsOf({ bytes, used, firstSequence }: Segment): Iterable<KeptEvent> {
  let sequence = firstSequence;
  for (let at = 0; at < used; ) {
    const messageBytes = bytes.readUInt32LE(at);
    const start = at + HEADER_BYTES;
    yield {
      streamId: bytes.readUInt32LE(at + 4),
      sequence,
      timestamp: bytes.readDoubleLE(at + 8),
      ingestionTime: bytes.readDoubleLE(at + 16),
      messageBytes,
      message: () => bytes.toString('utf8', start, start + messageBytes),
    };
    sequence += 1;
    at = start + messageBytes;
  }
}
