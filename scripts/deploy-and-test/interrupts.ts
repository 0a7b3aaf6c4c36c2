import process from 'node:process';
import type { Interrupt } from './exit-status.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Signals from outside, as a run takes them. */
export interface Interrupts {
  /** Aborted by the first one: no step goes on, what was started is taken back. */
  work: AbortSignal;
  /** Aborted by the second one: what is being taken back is left as it is. */
  cleanup: AbortSignal;
  /** The first one. */
  first(): Interrupt | undefined;
  stop(): void;
}

/** Listens to signals; each is told by `say`. A third one ends the process at once. */
export function interrupts(say: (text: string) => void): Interrupts {
  const work = new AbortController();
  const cleanup = new AbortController();
  let first: Interrupt | undefined;
  const listeners = SIGNALS.map((name) => [name, () => interrupt(name)] as const);
  const stop = () => {
    for (const [name, listener] of listeners) process.off(name, listener);
  };
  function interrupt(name: Interrupt): void {
    if (first === undefined) {
      first = name;
      say(`Interrupted (${name}): taking back what was started. Again leaves it as it is.`);
      work.abort();
      return;
    }
    stop();
    say(`Interrupted again (${name}): leaving things as they are.`);
    cleanup.abort();
  }
  for (const [name, listener] of listeners) process.on(name, listener);
  return { work: work.signal, cleanup: cleanup.signal, first: () => first, stop };
}
