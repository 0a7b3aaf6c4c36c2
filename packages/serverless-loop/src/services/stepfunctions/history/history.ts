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
  readonly #onEvent: ((event: HistoryEvent) => void) | undefined;
  #isClosed = false;

  /** `onEvent` is told of each event once it is there. */
  constructor(now: () => number, onEvent?: (event: HistoryEvent) => void) {
    this.#now = now;
    this.#onEvent = onEvent;
  }

  /** Adds an event and returns its number. After the end of the execution nothing is added any more. */
  add(previousEventId: number, type: string, details?: HistoryEvent['details']): number {
    const id = this.events.length + 1;
    if (this.#isClosed) return id;
    const event = { id, previousEventId, timestampMs: this.#now(), type, ...(details && { details }) };
    this.events.push(event);
    this.#onEvent?.(event);
    return id;
  }

  close(): void {
    this.#isClosed = true;
  }

  /** Goes on after the end, as the history of an execution that is redriven does. */
  reopen(): void {
    this.#isClosed = false;
  }
}

/** One line of events, each of which names the one before it; branches and iterations have lines of their own. */
export class Thread {
  readonly history: History;
  lastId: number;
  /** Types of the states that it has entered and not left. */
  readonly #open: string[] = [];

  constructor(history: History, lastId = 0) {
    this.history = history;
    this.lastId = lastId;
  }

  /** Adds an event that the next one names. */
  add(type: string, details?: HistoryEvent['details']): number {
    this.lastId = this.history.add(this.lastId, type, details);
    return this.lastId;
  }

  /** Adds an event that the next one names, and that itself names an earlier one than the last. */
  addAfter(previousEventId: number, type: string, details: HistoryEvent['details']): void {
    this.lastId = this.history.add(previousEventId, type, details);
  }

  /**
   * Adds an event that the next one doesn't name: AWS does so with the start of an execution, the success of a Parallel or Map
   * state and the end of an iteration (LocalStack's records "test_map_state" and "test_parallel_state" of AWS,
   * tests/aws/services/stepfunctions/v2/scenarios/test_base_scenarios.snapshot.json).
   */
  note(type: string, details?: HistoryEvent['details']): number {
    return this.history.add(this.lastId, type, details);
  }

  enter(type: string, details: HistoryEvent['details']): number {
    this.#open.push(type);
    return this.add(`${type}StateEntered`, details);
  }

  exit(type: string, details: HistoryEvent['details']): void {
    this.#open.pop();
    this.add(`${type}StateExited`, details);
  }

  /** Tells that a Parallel or Map state has failed, which ends it. */
  fail(type: string): void {
    this.#open.pop();
    this.add(`${type}StateFailed`);
  }

  /**
   * Tells of the states that end here, within a branch or an iteration that failed or was given up (LocalStack's records
   * "test_service_lambda_map_timeout", v2/timeouts/test_timeouts, and "SQS_PARALLEL_WAIT_FOR_TASK_TOKEN", v2/callback/test_callback,
   * of AWS). Only these types have such an event (API reference, "HistoryEvent").
   */
  abandon(previousEventId: number): void {
    for (const type of this.#open.splice(0).reverse())
      if (['Task', 'Wait', 'Parallel', 'Map'].includes(type))
        this.history.add(previousEventId, `${type}StateAborted`);
  }

  fork(): Thread {
    return new Thread(this.history, this.lastId);
  }
}

/** Input or output as details hold it: as JSON, and the whole of it. */
export function held(member: string, value: unknown): JsonObject {
  return { [member]: JSON.stringify(value), [`${member}Details`]: { truncated: false } };
}
