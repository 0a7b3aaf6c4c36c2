import type { InvocationRow } from '../../../src/console/invocation-rows.ts';
import { Detail } from '../../parts/detail.tsx';
import { Id } from '../../parts/id.tsx';
import { TraceSection } from './trace-section.tsx';

/** A trace by its id. */
export function TraceDetail({ traceId, requests }: { traceId: string; requests: readonly InvocationRow[] }) {
  return (
    <Detail title="Trace" subtitle={<Id id={traceId} />}>
      <TraceSection traceId={traceId} requests={requests} />
    </Detail>
  );
}
