import { type CoreWatch, watchCores } from './core-times.ts';

/** Decides when one more execution environment is worth its start. */
export interface PoolGrowth {
  /** To be called when an invocation begins to wait. */
  watch(): void;
  stop(): void;
}

export interface PoolGrowthOptions {
  /** An invocation waits so long for a busy environment before another one is started. */
  growAfterMs: number;
  /** The time that the oldest invocation has waited; undefined while no other environment is to be started. */
  waitedMs(): number | undefined;
  /** The time since an invocation ended. */
  stalledMs(): number;
  start(): void;
  cores?: CoreWatch;
}

/**
 * With no core idle it takes so many times as long, and that nothing ends meanwhile: those that run may be waiting for
 * the one that waits.
 */
const PATIENCE_WITHOUT_CORE = 50;

/**
 * Starts another environment when the oldest invocation has waited a while and a core has time to run it. With every
 * core busy one more process would only slow the others: each has to warm up its code.
 */
export function poolGrowth(options: PoolGrowthOptions): PoolGrowth {
  const { growAfterMs, waitedMs, stalledMs, start, cores = watchCores() } = options;
  let timer: NodeJS.Timeout | undefined;

  function watch(): void {
    const waited = waitedMs();
    if (timer || waited === undefined) return;
    cores.look();
    timer = setTimeout(look, waited < growAfterMs ? growAfterMs - waited : growAfterMs);
  }

  function look(): void {
    timer = undefined;
    const waited = waitedMs();
    if (waited === undefined) return;
    const isStuck = Math.min(waited, stalledMs()) >= growAfterMs * PATIENCE_WITHOUT_CORE;
    if (isStuck || (waited >= growAfterMs && !cores.allBusy())) {
      start();
      cores.restart();
    }
    watch();
  }

  return { watch, stop: () => clearTimeout(timer) };
}
