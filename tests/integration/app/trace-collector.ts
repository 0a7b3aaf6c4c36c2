import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A part of a trace, as the X-Ray SDK sends it to the daemon. */
export interface Subsegment {
  name: string;
  trace_id?: string;
  namespace?: string;
  annotations?: Record<string, unknown>;
  fault?: boolean;
  subsegments?: Subsegment[];
}

const LAST = 'the last one';

/** Listens as the X-Ray daemon does: UDP, a header line, then one document. */
export async function startTraceCollector() {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const documents: Subsegment[] = [];
  const texts: string[] = [];
  socket.on('message', (message) => {
    const text = message.toString();
    if (text === LAST) return;
    texts.push(text);
    documents.push(JSON.parse(text.slice(text.indexOf('\n'))));
    socket.emit('document');
  });
  return {
    address: `127.0.0.1:${socket.address().port}`,
    texts,
    /** Every document that was sent before this call, in the order of arrival. */
    async allDocuments(): Promise<Subsegment[]> {
      // Datagrams to one socket of the loopback come in the order in which they were sent: the last of all is ours.
      const { port } = socket.address();
      const arrived = new Promise<void>((resolve) => {
        socket.on('message', (message) => message.toString() === LAST && resolve());
      });
      const sender = createSocket('udp4');
      sender.send(LAST, port, '127.0.0.1', () => sender.close());
      await arrived;
      return documents;
    },
    /** Every subsegment received, however deep, once there is one of each of these names. */
    async subsegments(names: string[]): Promise<Subsegment[]> {
      for (;;) {
        const all = documents.flatMap(withInner);
        if (names.every((name) => all.some((each) => each.name === name))) return all;
        await once(socket, 'document');
      }
    },
    stop: () => socket.close(),
  };
}

function withInner(subsegment: Subsegment): Subsegment[] {
  return [subsegment, ...(subsegment.subsegments ?? []).flatMap(withInner)];
}
