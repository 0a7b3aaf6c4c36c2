import { list, required, text } from '../../../aws/members.ts';
import type { TraceStore } from '../store.ts';
import { assembleTrace, type Trace } from '../trace/trace.ts';
import { invalidRequest } from '../xray-error.ts';

/** Both operations that take trace ids take as many (API reference, BatchGetTraces). */
const MAX_IDS = 5;

export const OF_IDS = {
  TraceIds: required(list(text(), { min: 1, max: MAX_IDS })),
  NextToken: text(),
} as const;

/** Without those that nobody knows. */
export function tracesOf(ids: string[], store: TraceStore): Trace[] {
  return [...new Set(ids)].flatMap((id) => {
    const stored = store.get(id);
    return (stored && assembleTrace(stored)) ?? [];
  });
}

/** For answers that are whole and come with no token. */
export function refuseToken(token: string | undefined, reason: string): void {
  if (token !== undefined) throw invalidRequest(`Invalid NextToken: ${reason} and gives out none`);
}
