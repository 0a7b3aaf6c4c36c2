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
  /** How many datagrams were dropped to keep within `maxBytes`. */
  dropped(): number;
  stop(): Promise<void>;
}

/**
 * Listens as the X-Ray daemon does: a UDP datagram is a header line, a newline and one document of at most 64 KB
 * (X-Ray developer guide, "Sending segment documents to the X-Ray daemon"). What isn't that is dropped, as the daemon does.
 */
export async function startTraceCollector(options: { maxBytes?: number } = {}): Promise<TraceCollector> {
  // In two halves, so that dropping the oldest costs nothing, and read only when asked for: most never are.
  const halfBytes = (options.maxBytes ?? 8 * 1024 * 1024) / 2;
  let older: Buffer[] = [];
  let newer: Buffer[] = [];
  let newerBytes = 0;
  let droppedCount = 0;

  const socket = createSocket('udp4');
  socket.on('message', (datagram) => {
    if (newerBytes + datagram.length > halfBytes) {
      droppedCount += older.length;
      older = newer;
      newer = [];
      newerBytes = 0;
    }
    newer.push(datagram);
    newerBytes += datagram.length;
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
    segments: () => [...older, ...newer].flatMap(parseDatagram),
    dropped: () => droppedCount,
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

/** One segment, or none where it isn't one. */
function parseDatagram(datagram: Buffer): Segment[] {
  const text = datagram.toString('utf8');
  const newline = text.indexOf('\n');
  if (newline < 0) return [];
  const document = text.slice(newline + 1);
  try {
    const header: unknown = JSON.parse(text.slice(0, newline));
    const body: unknown = JSON.parse(document);
    if (!isRecord(header) || header.format !== 'json' || !isRecord(body)) return [];
    return typeof body.trace_id === 'string' ? [{ traceId: body.trace_id, document }] : [];
  } catch {
    return [];
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
