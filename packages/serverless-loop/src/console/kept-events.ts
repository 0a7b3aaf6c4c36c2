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

const MOST = 10_000;
/** Characters of all of them: what few large events take, many small ones may. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** Keeps events for who asks why a rule did not match: facts hold no payload. */
export function keptEvents({ most = MOST, mostCharacters = MOST_CHARACTERS } = {}): KeptEvents {
  /** In the order in which they came. */
  const events = new Map<string, KeptEvent>();
  let characters = 0;

  function dropOldest(): void {
    const [oldest] = events.values();
    if (!oldest) return;
    events.delete(keyOf(oldest));
    characters -= oldest.text.length;
  }

  return {
    keep(event) {
      const key = keyOf(event);
      characters += event.text.length - (events.get(key)?.text.length ?? 0);
      events.delete(key);
      events.set(key, event);
      while (events.size > 1 && (events.size > most || characters > mostCharacters)) dropOldest();
    },
    find: (busName, id) => events.get(keyOf({ busName, id })),
    newest: (limit) => [...events.values()].slice(-limit).reverse(),
    forget() {
      events.clear();
      characters = 0;
    },
  };
}

function keyOf({ busName, id }: Pick<KeptEvent, 'busName' | 'id'>): string {
  return `${id} ${busName}`;
}
