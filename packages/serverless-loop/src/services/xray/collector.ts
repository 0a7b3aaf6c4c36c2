import { createSocket } from 'node:dgram';
import { parseJsonWithin, SHORT_LIMITS } from '../../aws/json-limits.ts';

const TRACE_ID_MEMBER = Buffer.from('"trace_id":"');

export interface TraceCollector {
  /** `127.0.0.1:<port>`: what a function finds in AWS_XRAY_DAEMON_ADDRESS. */
  address: string;
  stop(): Promise<void>;
}

/** Takes a document as it came; whether it is a good one is seen when it is read. */
export type TakeDocument = (traceId: string, document: Buffer) => void;

/** Every X-Ray SDK sends this one; others are read. */
const USUAL_HEADER = Buffer.from('{"format":"json","version":1}\n');

/**
 * Listens as the X-Ray daemon does: a UDP datagram is a header line, a newline and one document of at most 64 KB
 * (X-Ray developer guide, "Sending segment documents to the X-Ray daemon"). What isn't that is dropped, as the daemon does.
 */
export async function startTraceCollector(take: TakeDocument): Promise<TraceCollector> {
  const socket = createSocket('udp4');
  socket.on('message', (datagram) => {
    const start = documentStart(datagram);
    if (start === undefined) return;
    const document = datagram.subarray(start);
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

/** The index at which the document begins, behind a header line; undefined without one. */
function documentStart(datagram: Buffer): number | undefined {
  if (
    datagram.compare(
      USUAL_HEADER,
      0,
      USUAL_HEADER.length,
      0,
      Math.min(USUAL_HEADER.length, datagram.length),
    ) === 0
  )
    return USUAL_HEADER.length;
  const newline = datagram.indexOf('\n');
  return newline >= 0 && isHeader(datagram.toString('latin1', 0, newline)) ? newline + 1 : undefined;
}

function isHeader(text: string): boolean {
  try {
    const header = parseJsonWithin(text, SHORT_LIMITS);
    return typeof header === 'object' && header !== null && 'format' in header && header.format === 'json';
  } catch {
    return false;
  }
}

/**
 * The trace that a document belongs to; undefined when it says none. Most documents name it once, and are not parsed
 * for it: that is left for when somebody asks, which for most never happens.
 */
function traceIdOf(document: Buffer): string | undefined {
  const at = document.indexOf(TRACE_ID_MEMBER);
  const isOnlyOne = at >= 0 && document.indexOf(TRACE_ID_MEMBER, at + TRACE_ID_MEMBER.length) < 0;
  if (!isOnlyOne) return parsedTraceId(document);
  const start = at + TRACE_ID_MEMBER.length;
  const end = document.indexOf('"', start);
  return end < 0 ? undefined : document.toString('latin1', start, end);
}

function parsedTraceId(document: Buffer): string | undefined {
  try {
    const segment = parseJsonWithin(document.toString(), SHORT_LIMITS);
    if (typeof segment !== 'object' || segment === null || !('trace_id' in segment)) return undefined;
    return typeof segment.trace_id === 'string' ? segment.trace_id : undefined;
  } catch {
    return undefined;
  }
}
