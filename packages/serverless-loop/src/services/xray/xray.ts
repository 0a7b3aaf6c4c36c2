import type { Place } from '../../aws/arn.ts';
import type { LazyRestService } from '../../aws/operation.ts';
import { restOperations } from '../../aws/rest-service.ts';
import type { RecordSegment } from '../../aws/segment.ts';
import type { Report } from '../../facts.ts';
import { startTraceCollector } from './collector.ts';
import { traceStore } from './store.ts';

export interface XRayOptions {
  place: Place;
  report: Report;
  /** Bytes of documents that are kept. */
  maxBytes?: number;
  /** Told of every document that comes, unless the same segment will come again with more in it. */
  onDocument?: (document: Buffer | string) => void;
}

export interface XRay {
  /** `127.0.0.1:<port>`: what a function finds in AWS_XRAY_DAEMON_ADDRESS. */
  daemonAddress: string;
  /** For the segments of the loop's own services. */
  recordSegment: RecordSegment;
  service: LazyRestService;
  /** The documents that came and are still kept, oldest first. */
  documents(): string[];
  /** Forgets every trace. */
  clear(): void;
  stop(): Promise<void>;
}

const MAX_BYTES = 8 * 1024 * 1024;

/** Collects segments as the X-Ray daemon does, keeps the youngest traces, and answers for them. */
export async function startXRay(options: XRayOptions): Promise<XRay> {
  const { report, onDocument, maxBytes = MAX_BYTES } = options;
  const store = traceStore({
    maxBytes,
    onFull: () => report({ kind: 'traces.dropped', limit: `${maxBytes / 1024 / 1024} MB` }),
  });
  const take = (traceId: string, document: Buffer | string) => {
    store.keep(traceId, document);
    onDocument?.(document);
  };
  const collector = await startTraceCollector(take);

  return {
    daemonAddress: collector.address,
    recordSegment(segment, isFinal) {
      const document = JSON.stringify(segment);
      store.keep(segment.trace_id, document);
      if (isFinal) onDocument?.(document);
    },
    service: {
      title: 'X-Ray',
      signingName: 'xray',
      load: async () =>
        restOperations((await import('./service.ts')).XRAY, { store, take, place: options.place }),
    },
    clear: () => store.clear(),
    documents: () => [...store.all()].flatMap(({ documents }) => documents.map(String)),
    stop: () => collector.stop(),
  };
}
