import process from 'node:process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal that is aborted by the first interrupt, which is told on `stream`; a second one ends the process as ever. */
export function interruption(stream: { write(text: string): unknown }): {
  signal: AbortSignal;
  stop(): void;
} {
  const controller = new AbortController();
  const stop = () => {
    for (const name of SIGNALS) process.off(name, interrupt);
  };
  const interrupt = () => {
    stop();
    controller.abort();
    stream.write('\nInterrupted: what is in hand will be finished. Again ends at once.\n');
  };
  for (const name of SIGNALS) process.on(name, interrupt);
  return { signal: controller.signal, stop };
}
