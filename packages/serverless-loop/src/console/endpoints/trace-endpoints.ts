import type { JsonObject } from '../../aws/json-object.ts';
import { integer, required, text } from '../../aws/members.ts';
import { endpoint } from '../context.ts';
import { notFound } from '../invalid.ts';

export const TRACE_ENDPOINTS = {
  'GET /_loop/traces': endpoint({
    purpose: 'the X-Ray documents of the newest traces, or of one, the last trace first',
    input: { id: text(), limit: integer({ min: 1, max: 1_000 }) },
    answer({ id, limit = 50 }, { documents }) {
      const traces = new Map<string, JsonObject[]>();
      for (const text of documents()) {
        const segment: JsonObject = JSON.parse(text);
        const traceId = String(segment.trace_id);
        if (id !== undefined && id !== traceId) continue;
        const segments = traces.get(traceId) ?? [];
        segments.push(segment);
        traces.set(traceId, segments);
      }
      const newest = [...traces].slice(-limit).reverse();
      return { traces: newest.map(([traceId, segments]) => ({ traceId, segments })) };
    },
  }),
  'GET /_loop/trace': endpoint({
    purpose: 'a trace: its X-Ray documents, and the lines that its invocations logged',
    input: { id: required(text({ min: 1 })) },
    answer({ id }, { segmentsOf, logs }) {
      const segments = segmentsOf(id);
      if (segments.length === 0) throw notFound(`There is no trace "${id}", or no more.`);
      return { traceId: id, segments, logs: logs().filter(({ traceId }) => traceId === id) };
    },
  }),
};
