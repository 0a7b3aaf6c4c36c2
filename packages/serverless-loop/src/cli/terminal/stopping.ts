import type { Report } from '../../facts.ts';

/** A loop, or another thing that an interrupt ends. */
export interface WhatRuns {
  /** Hears of what happens. */
  report: Report;
  /** Told at the first interrupt: what ends, what is lost by it, and how to end it at once. */
  stoppingText(short: (functionName: string) => string): string;
}

/** `keepsItems`: the tables are elsewhere or in a folder, and stay. */
export function whatRuns({ keepsItems }: { keepsItems: boolean }): WhatRuns {
  const underWay = new Map<string, string>();
  return {
    report(fact) {
      if (fact.kind === 'invocation.started') underWay.set(fact.requestId, fact.functionName);
      if (fact.kind === 'invocation.ended') underWay.delete(fact.requestId);
    },
    stoppingText(short) {
      const names = [...new Set(underWay.values())].map(short).join(', ');
      const cut =
        names === ''
          ? ''
          : `, ${names} in the middle of ${underWay.size === 1 ? 'an invocation' : 'invocations'}`;
      const held = keepsItems ? 'queues and logs hold' : 'tables, queues and logs hold';
      return `Stopping: every function ends${cut}, and what ${held} is gone. Ctrl-C again ends this at once.`;
    },
  };
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * npm hands a Ctrl-C on to what it started, which has it from the terminal already (npm's run-script,
 * `lib/signal-manager.js`): so soon after the first it is the same.
 */
const SAME_KEY_MS = 300;

/** Aborted at the first signal; one more ends the process at once. */
export function firstSignal(elapsedMs: () => number = () => performance.now()): AbortSignal {
  const controller = new AbortController();
  let firstMs: number | undefined;
  const hear = (signal: NodeJS.Signals) => {
    if (firstMs === undefined) {
      firstMs = elapsedMs();
      controller.abort(signal);
    } else if (elapsedMs() - firstMs > SAME_KEY_MS) {
      for (const name of SIGNALS) process.off(name, hear);
      // As the signal itself ends a process.
      process.kill(process.pid, signal);
    }
  };
  for (const name of SIGNALS) process.on(name, hear);
  return controller.signal;
}
