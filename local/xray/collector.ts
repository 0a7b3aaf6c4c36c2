import { createSocket } from 'node:dgram';
import { traceIdOf } from './trace-id-of.ts';

export interface TraceCollector {
  /** `127.0.0.1:<port>`: what a function finds in AWS_XRAY_DAEMON_ADDRESS. */
  address: string;
  stop(): Promise<void>;
}

/** Takes a document as it came; whether it is a good one is seen when it is read. */
export type TakeDocument = (traceId: string, document: Buffer) => void;

/** What every X-Ray SDK sends; others are read. */
const USUAL_HEADER = '{"format":"json","version":1}';

/**
 * Listens as the X-Ray daemon does: a UDP datagram is a header line, a newline and one document of at most 64 KB
 * (X-Ray developer guide, "Sending segment documents to the X-Ray daemon"). What isn't that is dropped, as the daemon does.
 */
export async function startTraceCollector(take: TakeDocument): Promise<TraceCollector> {
  const socket = createSocket('udp4');
  socket.on('message', (datagram) => {
    const newline = datagram.indexOf('\n');
    if (newline < 0 || !isHeader(datagram.toString('latin1', 0, newline))) return;
    const document = datagram.subarray(newline + 1);
    const traceId = traceIdOf(document);
    if (traceId !== undefined) take(traceId, document);
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
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function isHeader(text: string): boolean {
  if (text === USUAL_HEADER) return true;
  try {
    const header: unknown = JSON.parse(text);
    return typeof header === 'object' && header !== null && 'format' in header && header.format === 'json';
  } catch {
    return false;
  }
}
