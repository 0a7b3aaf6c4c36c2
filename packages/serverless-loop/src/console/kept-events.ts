/** An event as a bus took it. */
export interface KeptEvent {
  id: string;
  busName: string;
  /** As targets receive it: JSON. */
  text: string;
}

/** The newest events of all buses. One that is passed on to another bus has the same id there. */
export interface KeptEvents {
  keep(event: KeptEvent): void;
  find(busName: string, id: string): KeptEvent | undefined;
  /** The newest first. */
  newest(limit: number): KeptEvent[];
  forget(): void;
}

const GONE: KeptEvent = { id: '', busName: '', text: '' };

const MAX_EVENTS = 10_000;
/** Characters of all of them: what few large events take, many small ones may. */
const MAX_CHARACTERS = 16 * 1024 * 1024;

/**
 * Keeps events for who asks why a rule did not match: facts hold no payload. A list with a moving start, since every event passes
 * here, and few are ever asked for: those are looked for, the newest first.
 */
export function keptEvents({ most = MAX_EVENTS, mostCharacters = MAX_CHARACTERS } = {}): KeptEvents {
  let events: KeptEvent[] = [];
  /** Those before it have given way. */
  let start = 0;
  let characters = 0;

  function dropOldest(): void {
    characters -= events[start]?.text.length ?? 0;
    events[start] = GONE;
    start += 1;
    if (start < most) return;
    events = events.slice(start);
    start = 0;
  }

  return {
    keep(event) {
      events.push(event);
      characters += event.text.length;
      while (events.length - start > 1 && (events.length - start > most || characters > mostCharacters))
        dropOldest();
    },
    find(busName, id) {
      const at = events.findLastIndex((event) => event.id === id && event.busName === busName);
      return at < start ? undefined : events[at];
    },
    newest: (limit) => events.slice(Math.max(start, events.length - limit)).reverse(),
    forget() {
      events = [];
      start = 0;
      characters = 0;
    },
  };
}
