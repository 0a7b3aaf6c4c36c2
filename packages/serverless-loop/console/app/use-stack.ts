import type { ConnectionState } from '../state/connection.ts';
import type { FactStore } from '../state/fact-store.ts';
import { ask } from './loop-api.ts';
import type { Stack } from './stack.ts';
import { useAnswer } from './use-answer.ts';

/** The stack that runs, asked for anew when something of it may have changed. */
export function useStack({ groups }: FactStore, connection: ConnectionState): Stack | undefined {
  const last = groups.system.facts.findLast(
    ({ kind }) => kind === 'template.changed' || kind === 'stack.status',
  );
  return useAnswer('stack', () => ask<Stack>('stack'), [last?.seq, connection === 'open']).value;
}
