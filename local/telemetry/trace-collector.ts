import { createSocket } from 'node:dgram';

/** One segment or subsegment document as a function sent it. */
export interface Segment {
  traceId: string;
  /** The JSON text, kept as it came. */
  document: string;
}

export interface TraceCollector {
  /** `127.0.0.1:<port>`: what a function finds in AWS_XRAY_DAEMON_ADDRESS. */
  address: string;
  /** What came and is still kept, oldest first. */
  segments(): readonly Segment[];
  /** How many were dropped to keep within `maxBytes`. */
  dropped(): number;
  stop(): Promise<void>;
}

/**
 * Listens as the X-Ray daemon does: a UDP datagram is a header line, a newline and one document of at most 64 KB
 * (X-Ray developer guide, "Sending segment documents to the X-Ray daemon"). What isn't that is dropped, as the daemon does.
 */
export async function startTraceCollector(options: { maxBytes?: number } = {}): Promise<TraceCollector> {
  const maxBytes = options.maxBytes ?? 8 * 1024 * 1024;
  const kept: Segment[] = [];
  let keptBytes = 0;
  let droppedCount = 0;

  const socket = createSocket('udp4');
  socket.on('message', (datagram) => {
    const segment = parseDatagram(datagram.toString('utf8'));
    if (!segment) return;
    kept.push(segment);
    keptBytes += segment.document.length;
    while (keptBytes > maxBytes) {
      const oldest = kept.shift();
      if (!oldest) break;
      keptBytes -= oldest.document.length;
      droppedCount += 1;
    }
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, '127.0.0.1', () => {
      socket.off('error', reject);
      resolve();
    });
  });
  // A datagram that can't be read is the sender's loss, as with the daemon.
  socket.on('error', () => {});

  return {
    address: `127.0.0.1:${socket.address().port}`,
    segments: () => kept,
    dropped: () => droppedCount,
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function parseDatagram(text: string): Segment | undefined {
  const newline = text.indexOf('\n');
  if (newline < 0) return undefined;
  const document = text.slice(newline + 1);
  try {
    const header: unknown = JSON.parse(text.slice(0, newline));
    const body: unknown = JSON.parse(document);
    if (!isRecord(header) || header.format !== 'json' || !isRecord(body)) return undefined;
    return typeof body.trace_id === 'string' ? { traceId: body.trace_id, document } : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
