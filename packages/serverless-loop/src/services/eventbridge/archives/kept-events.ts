/** An event as an archive keeps it. */
export interface KeptEvent {
  /** The time that the event itself tells: epoch milliseconds. */
  timeMs: number;
  /** The time since which it is kept. */
  keptAt: number;
  id: string;
  text: string;
}

/** The events of one archive, the oldest first. */
export interface KeptEvents {
  readonly count: number;
  readonly sizeBytes: number;
  first(): KeptEvent | undefined;
  add(event: KeptEvent): void;
  /** Forgets the first. */
  shift(): void;
  all(): readonly KeptEvent[];
}

/** Gone ones are cut off when they are as many as this, and as those that are left. */
const MIN_CUT = 1_000;

export function keptEvents(): KeptEvents {
  let events: KeptEvent[] = [];
  let gone = 0;
  let sizeBytes = 0;
  return {
    get count() {
      return events.length - gone;
    },
    get sizeBytes() {
      return sizeBytes;
    },
    first: () => events[gone],
    add(event) {
      events.push(event);
      sizeBytes += event.text.length;
    },
    shift() {
      const event = events[gone];
      if (!event) return;
      sizeBytes -= event.text.length;
      gone += 1;
      if (gone < MIN_CUT || gone * 2 < events.length) return;
      events = events.slice(gone);
      gone = 0;
    },
    all: () => events.slice(gone),
  };
}
