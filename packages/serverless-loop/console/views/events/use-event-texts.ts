import { ask } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { useMemo } from '../../preact.ts';
import type { KeptGroup } from '../../state/fact-store.ts';

interface Sent {
  id: string;
  busName: string;
  event: object;
}

/** Of so many events a filter finds what is in them; of older ones the facts alone. */
const MAX_EVENTS = 1_000;

/** The newest events themselves, by id and bus: facts have no payload. Asked for once somebody filters. */
export function useEventTexts(isWanted: boolean, group: KeptGroup): ReadonlyMap<string, object> {
  const { value } = useAnswer(
    isWanted ? 'events' : undefined,
    () => ask<{ events: readonly Sent[] }>('events', { limit: MAX_EVENTS }),
    // Not for each batch of a busy bus.
    [Math.floor(Date.now() / 2_000), group.facts.length === 0],
  );
  return useMemo(
    () => new Map(value?.events.map(({ id, busName, event }) => [`${id} ${busName}`, { event }])),
    [value],
  );
}
