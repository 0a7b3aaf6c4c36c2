/** The loop's own session with the inspector of a process. */
export interface PauseWatch {
  /** Goes on from a breakpoint. */
  resume(): void;
  /** Lets a process run that waits for a debugger. */
  run(): void;
  /** Tells the process how long it has stood still so far. */
  tellPausedMs(pausedMs: number): void;
  close(): void;
}

export interface PauseListener {
  paused(): void;
  resumed(): void;
}

export interface WatchListener extends PauseListener {
  /** The process has come to where it waits for a debugger to let it run; said before that, it is not heard. */
  waiting(): void;
}

const WAITING = '{"method":"NodeRuntime.waitingForDebugger"';
const PAUSED = '{"method":"Debugger.paused"';
const RESUMED = '{"method":"Debugger.resumed"';

/**
 * Listens to a process beside the debugger of a person: every session hears of every pause (Chrome DevTools Protocol,
 * "Debugger"). `url` is what Node's inspector prints, `ws://127.0.0.1:<port>/<id>`.
 */
export function watchPauses(url: string, listener: WatchListener): PauseWatch {
  const socket = new WebSocket(url);
  const opened = new Promise<void>((resolve) => socket.addEventListener('open', () => resolve()));
  let lastId = 0;

  function send(method: string, params: Record<string, unknown> = {}): void {
    void opened.then(() => {
      lastId += 1;
      socket.send(JSON.stringify({ id: lastId, method, params }));
    });
  }

  socket.addEventListener('message', ({ data }) => {
    const message = String(data);
    if (message.startsWith(PAUSED)) listener.paused();
    if (message.startsWith(RESUMED)) listener.resumed();
    if (message.startsWith(WAITING)) listener.waiting();
  });
  // The process has ended: who waits for it hears of that by other ways.
  socket.addEventListener('error', () => {});
  send('Debugger.enable');
  send('NodeRuntime.enable');

  return {
    resume: () => send('Debugger.resume'),
    run: () => send('Runtime.runIfWaitingForDebugger'),
    tellPausedMs: (pausedMs) =>
      send('Runtime.evaluate', { expression: `globalThis[Symbol.for('debugger.pausedMs')] = ${pausedMs}` }),
    close: () => socket.close(),
  };
}
