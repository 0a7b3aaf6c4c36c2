import { sortedBy } from '../../../aws/sorted.ts';
import { DAY_MS } from '../../../aws/time-units.ts';
import type { Report } from '../../../facts.ts';
import type { BusEvent } from '../event.ts';
import { matcherOf } from '../parse-pattern.ts';
import { TooManyChoicesError } from '../pattern/matching.ts';
import type { EventMatcher } from '../pattern/pattern.ts';
import type { ArchiveModel } from './archive-model.ts';
import { type KeptEvent, type KeptEvents, keptEvents } from './kept-events.ts';

/** An archive with what it holds now. */
export interface Archive {
  readonly model: ArchiveModel;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly eventCount: number;
  readonly sizeBytes: number;
}

/** The archives of an account, found by name. */
export interface Archives {
  /** Sorted by name. */
  list(): Archive[];
  find(name: string): Archive | undefined;
  /** Makes an archive, or gives one other settings; what it holds stays. Throws the AwsError for a pattern that is none. */
  put(model: ArchiveModel): Archive;
  remove(name: string): void;
  /** Keeps an event of a bus in each of its archives that wants it. */
  take(event: BusEvent, busArn: string): void;
  /** Those whose own time is from the one to the other, in the order of these times. */
  between(name: string, fromMs: number, toMs: number): KeptEvent[];
  /** Forgets all events. */
  clear(): void;
}

export interface ArchivesOptions {
  archives: readonly ArchiveModel[];
  /** The time of the day: epoch milliseconds. */
  now(): number;
  report: Report;
  /** Of all archives together; beyond it the oldest events go. */
  maxBytes?: number;
}

interface KeptArchive {
  model: ArchiveModel;
  createdAt: number;
  wants: EventMatcher;
  events: KeptEvents;
}

const MAX_BYTES = 32 * 1024 * 1024;

export function createArchives({
  archives: models,
  now,
  report,
  maxBytes = MAX_BYTES,
}: ArchivesOptions): Archives {
  const kept = new Map<string, KeptArchive>();
  let isFull = false;

  function put(model: ArchiveModel): Archive {
    const before = kept.get(model.name);
    const { createdAt = now(), events = keptEvents() } = before ?? {};
    const archive = { model, createdAt, events, wants: wantsOf(model) };
    kept.set(model.name, archive);
    return shown(archive);
  }

  for (const model of models) put(model);

  function shown(archive: KeptArchive): Archive {
    forgetExpired(archive);
    const { model, createdAt, events } = archive;
    return { model, createdAt, eventCount: events.count, sizeBytes: events.sizeBytes };
  }

  function forgetExpired({ model, events }: KeptArchive): void {
    if (model.retentionDays === 0) return;
    const oldest = now() - model.retentionDays * DAY_MS;
    for (let first = events.first(); first && first.keptAt <= oldest; first = events.first()) events.shift();
  }

  /** The oldest of all archives go first. */
  function makeRoom(): void {
    for (let bytes = sizeOfAll(); bytes > maxBytes; bytes = sizeOfAll()) {
      if (!isFull) report({ kind: 'archives.full', maxBytes });
      isFull = true;
      const [oldest] = [...kept.values()].sort((one, other) => ageKey(one) - ageKey(other));
      oldest?.events.shift();
    }
  }

  function sizeOfAll(): number {
    let bytes = 0;
    for (const { events } of kept.values()) bytes += events.sizeBytes;
    return bytes;
  }

  return {
    list: () => sortedBy([...kept.values()].map(shown), ({ model }) => model.name),
    find(name) {
      const archive = kept.get(name);
      return archive && shown(archive);
    },
    put,
    remove: (name) => void kept.delete(name),
    take({ id, text, value }, busArn) {
      const keptAt = now();
      const timeMs = Date.parse(String(value.time));
      let isKept = false;
      for (const archive of kept.values()) {
        if (archive.model.busArn !== busArn || !archive.wants(value)) continue;
        forgetExpired(archive);
        archive.events.add({ timeMs, keptAt, id, text });
        isKept = true;
      }
      if (isKept) makeRoom();
    },
    between(name, fromMs, toMs) {
      const archive = kept.get(name);
      if (!archive) return [];
      forgetExpired(archive);
      return archive.events
        .all()
        .filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs)
        .sort((one, other) => one.timeMs - other.timeMs);
    },
    clear() {
      for (const archive of kept.values()) archive.events = keptEvents();
    },
  };
}

function ageKey({ events }: KeptArchive): number {
  return events.first()?.keptAt ?? Number.POSITIVE_INFINITY;
}

function wantsOf({ pattern }: ArchiveModel): EventMatcher {
  if (!pattern) return () => true;
  const matches = matcherOf(pattern);
  return (event) => {
    try {
      return matches(event);
    } catch (error) {
      // It fits no rule either.
      if (error instanceof TooManyChoicesError) return false;
      throw error;
    }
  };
}
