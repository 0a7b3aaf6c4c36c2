import type { JsonObject } from '../../../aws/json-object.ts';

/** An event as GetExecutionHistory tells it (API reference, "HistoryEvent"). */
export interface HistoryEvent {
  id: number;
  previousEventId: number;
  /** Epoch milliseconds. */
  timestampMs: number;
  type: string;
  /** The member with the event's details and its name, e.g. `stateEnteredEventDetails`. */
  details?: { member: string; value: JsonObject };
}

/** Everything that an execution did, in the order in which it did it. */
export class History {
  readonly events: HistoryEvent[] = [];
  readonly #now: () => number;
  #isClosed = false;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Adds an event and returns its number. After the end of the execution nothing is added any more. */
  add(previousEventId: number, type: string, details?: HistoryEvent['details']): number {
    const id = this.events.length + 1;
    if (!this.#isClosed)
      this.events.push({ id, previousEventId, timestampMs: this.#now(), type, ...(details && { details }) });
    return id;
  }

  close(): void {
    this.#isClosed = true;
  }
}

/** One line of events, each of which names the one before it; branches and iterations have lines of their own. */
export class Thread {
  readonly history: History;
  lastId: number;

  constructor(history: History, lastId = 0) {
    this.history = history;
    this.lastId = lastId;
  }

  /** Adds an event that the next one names. */
  add(type: string, details?: HistoryEvent['details']): number {
    this.lastId = this.history.add(this.lastId, type, details);
    return this.lastId;
  }

  /**
   * Adds an event that the next one doesn't name: AWS does so with the start of an execution, the success of a Parallel or Map
   * state and the end of an iteration (LocalStack's records "test_map_state" and "test_parallel_state" of AWS,
   * tests/aws/services/stepfunctions/v2/scenarios/test_base_scenarios.snapshot.json).
   */
  note(type: string, details?: HistoryEvent['details']): number {
    return this.history.add(this.lastId, type, details);
  }

  fork(): Thread {
    return new Thread(this.history, this.lastId);
  }
}

/** Input or output as details hold it: as JSON, and the whole of it. */
export function held(member: string, value: unknown): JsonObject {
  return { [member]: JSON.stringify(value), [`${member}Details`]: { truncated: false } };
}
