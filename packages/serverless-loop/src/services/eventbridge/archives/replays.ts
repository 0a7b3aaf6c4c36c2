import { AwsError } from '../../../aws/errors.ts';
import { sortedBy } from '../../../aws/sorted.ts';
import { DAY_MS, MINUTE_MS } from '../../../aws/time-units.ts';
import type { Report } from '../../../facts.ts';
import type { KeptEvent } from './kept-events.ts';

/** Events of an archive that are sent to its bus again. */
export interface ReplayModel {
  name: string;
  arn: string;
  description?: string;
  archiveArn: string;
  busArn: string;
  /** The only rules that get them. Empty: every rule of the bus may. */
  ruleArns: string[];
  /** The span of the events' own times: epoch milliseconds. */
  fromMs: number;
  toMs: number;
}

export const REPLAY_STATES = [
  'STARTING',
  'RUNNING',
  'CANCELLING',
  'COMPLETED',
  'CANCELLED',
  'FAILED',
] as const;

export type ReplayState = (typeof REPLAY_STATES)[number];

export interface Replay extends ReplayModel {
  state: ReplayState;
  startedAt: number;
  endedAt?: number;
  /** The time that the last event sent tells. */
  lastReplayedMs?: number;
}

export interface Replays {
  /** Sorted by name. */
  list(): Replay[];
  find(name: string): Replay | undefined;
  /** Sends the events, the oldest minute first. Throws AwsError for a name that is taken, and while ten replays are active. */
  start(model: ReplayModel, events: readonly KeptEvent[]): Replay;
  /** Throws AwsError for one that has ended. */
  cancel(replay: Replay): Replay;
  /** Forgets all. */
  clear(): void;
  stop(): void;
}

export interface ReplaysOptions {
  /** The time of the day: epoch milliseconds. */
  now(): number;
  report: Report;
  /** Puts an event on the replay's bus. */
  send(event: KeptEvent, replay: ReplayModel): void;
  /** Counts what is under way until the function that it gives is called. */
  begin(): () => void;
}

/** "You can have a maximum of ten active concurrent replays per account per AWS Region" (EventBridge guide, "Replaying archived events"). */
const MAX_ACTIVE = 10;
/** "EventBridge deletes replays after 90 days" (the same page). */
const KEPT_DAYS = 90;
/** Events that are sent before others get a turn. */
const EVENTS_A_TURN = 100;

/** "Events are replayed from the first minute of the range first" (the same page): here, within a minute too, in the order of their times. */
export function createReplays({ now, report, send, begin }: ReplaysOptions): Replays {
  const replays = new Map<string, Replay>();
  let isStopped = false;

  function forgetOld(): void {
    for (const [name, { endedAt }] of replays)
      if (endedAt !== undefined && endedAt + KEPT_DAYS * DAY_MS <= now()) replays.delete(name);
  }

  async function run(replay: Replay, events: readonly KeptEvent[]): Promise<void> {
    let sent = 0;
    await turn();
    if (isActive(replay)) replay.state = 'RUNNING';
    for (const event of events) {
      const isOfNextMinute = minuteOf(event.timeMs) !== minuteOf(replay.lastReplayedMs ?? event.timeMs);
      if (isOfNextMinute || sent % EVENTS_A_TURN === EVENTS_A_TURN - 1) await turn();
      if (isStopped || replay.state !== 'RUNNING') break;
      send(event, replay);
      replay.lastReplayedMs = event.timeMs;
      sent += 1;
    }
    replay.state = replay.state === 'RUNNING' ? 'COMPLETED' : 'CANCELLED';
    replay.endedAt = now();
    if (!isStopped)
      report({ kind: 'replay.ended', replayName: replay.name, state: replay.state, eventCount: sent });
  }

  return {
    list() {
      forgetOld();
      return sortedBy(replays.values(), ({ name }) => name);
    },
    find(name) {
      forgetOld();
      return replays.get(name);
    },
    start(model, events) {
      forgetOld();
      if (replays.has(model.name))
        throw new AwsError('ResourceAlreadyExistsException', `Replay ${model.name} already exists.`);
      if ([...replays.values()].filter(isActive).length >= MAX_ACTIVE)
        throw new AwsError(
          'LimitExceededException',
          'The requested resource exceeds the maximum number allowed.',
        );
      const replay: Replay = { ...model, state: 'STARTING', startedAt: now() };
      replays.set(model.name, replay);
      void run(replay, events).finally(begin());
      return { ...replay };
    },
    cancel(replay) {
      // moto's words, tests/test_events/test_events.py, test_cancel_replay_errors.
      if (!isActive(replay))
        throw new AwsError(
          'IllegalStatusException',
          `Replay ${replay.name} is not in a valid state for this operation.`,
        );
      replay.state = 'CANCELLING';
      return replay;
    },
    clear() {
      for (const replay of replays.values()) if (isActive(replay)) replay.state = 'CANCELLING';
      replays.clear();
    },
    stop() {
      isStopped = true;
    },
  };
}

function isActive({ state }: Replay): boolean {
  return state === 'STARTING' || state === 'RUNNING';
}

function minuteOf(epochMs: number): number {
  return Math.floor(epochMs / MINUTE_MS);
}

/** Lets others do what they wait to do. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
