import { cpus } from 'node:os';

/** Of all cores together, since they started. */
export interface CoreTimes {
  cores: number;
  idleMs: number;
  totalMs: number;
}

/** Tells whether every core was busy of late. */
export interface CoreWatch {
  /** To be called now and then while the answer may matter. */
  look(): void;
  /** Forgets what was: from now on something more runs. */
  restart(): void;
  /** True when less than one core's time was idle, since a look a moment ago or the restart. */
  allBusy(): boolean;
}

/** The system counts in steps of 10 ms: over less than this the share would be chance. */
const WINDOW_MS = 100;
/** A time before a pause says nothing of now. */
const STALE_MS = 1_000;

export function watchCores(read: () => CoreTimes = readCoreTimes): CoreWatch {
  let last = { at: Number.NEGATIVE_INFINITY, times: { cores: 0, idleMs: 0, totalMs: 0 } };
  let before = last;
  return {
    look() {
      const ageMs = performance.now() - last.at;
      if (ageMs < WINDOW_MS) return;
      const isStale = ageMs > STALE_MS;
      before = last;
      last = { at: performance.now(), times: read() };
      if (isStale) before = last;
    },
    restart() {
      last = { at: performance.now(), times: read() };
      before = last;
    },
    allBusy() {
      const { cores, idleMs, totalMs } = read();
      return idleMs - before.times.idleMs < (totalMs - before.times.totalMs) / cores;
    },
  };
}

function readCoreTimes(): CoreTimes {
  const sum: CoreTimes = { cores: 0, idleMs: 0, totalMs: 0 };
  for (const { times } of cpus()) {
    sum.cores += 1;
    sum.idleMs += times.idle;
    sum.totalMs += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return sum;
}
