import { connect, type Socket } from 'node:net';
import { inspectorLine } from './inspector-line.ts';
import { type PauseListener, type PauseWatch, type WatchListener, watchPauses } from './pause-watch.ts';

/** A process that can be debugged, as its starter sees it. */
export interface DebuggedProcess {
  /** Takes a line of the process's stderr; false when it is not the inspector's. */
  takes(line: string): boolean;
  /** The process is about to get its code, and debuggers reach it from now on. Returns whether it has to wait for one. */
  enter(): boolean;
  onPause(listener: PauseListener): void;
  /** The process has ended. */
  end(): void;
}

/** A process's wait for a debugger: `surely`, or until one that was there before is back or has not come. */
export type Wait = 'surely' | 'a while' | 'not';

export interface DebuggedProcessOptions {
  waits(): Wait;
  /** The length of `a while`. */
  returnMs: number;
  onEnter(): void;
  /** It can be reached from now on. */
  onOpen(): void;
  onAttached(): void;
  /** `wasLeft`: the process has ended, and the debugger will look for the next one. */
  onDetached(wasLeft: boolean): void;
  onPaused(): void;
  onResumed(): void;
  onEnd(): void;
}

/** The same, and what the debug port needs of it. */
export interface DebugTarget extends DebuggedProcess {
  /** True while debuggers may come. */
  isOpen(): boolean;
  attached(): number;
  /** Joins a debugger's connection to the inspector. */
  join(debuggerSocket: Socket): void;
  /** Another process runs the function from now on: lets debuggers go there, but for one that stands at a breakpoint here. */
  sendOn(): void;
}

export function debuggedProcess(options: DebuggedProcessOptions): DebugTarget {
  const connections = new Set<Socket>();
  let inspector: URL | undefined;
  let watch: PauseWatch | undefined;
  let listener: PauseListener | undefined;
  let attached = 0;
  let pausedSince: number | undefined;
  let pausedMs = 0;
  let patience: NodeJS.Timeout | undefined;
  let waits: Wait | undefined;
  let isWaiting = false;

  function isOpen(): boolean {
    return inspector !== undefined && (waits === 'not' || isWaiting);
  }

  const watched: WatchListener = {
    waiting() {
      isWaiting = true;
      if (waits === 'a while') patience = setTimeout(() => watch?.run(), options.returnMs);
      options.onOpen();
    },
    paused() {
      pausedSince ??= performance.now();
      listener?.paused();
      options.onPaused();
      leaveIfAlone();
    },
    resumed() {
      if (pausedSince === undefined) return;
      pausedMs += performance.now() - pausedSince;
      pausedSince = undefined;
      watch?.tellPausedMs(Math.round(pausedMs));
      listener?.resumed();
      options.onResumed();
    },
  };

  /** Without a debugger nobody would ever let it go on: our own session keeps the breakpoint's pause alive. */
  function leaveIfAlone(): void {
    if (attached === 0 && pausedSince !== undefined) watch?.resume();
  }

  function detach(wasLeft: boolean): void {
    attached -= 1;
    options.onDetached(wasLeft);
    leaveIfAlone();
  }

  function letGo(): void {
    for (const connection of connections) connection.destroy();
  }

  function hangUp(): void {
    watch?.close();
    letGo();
  }

  return {
    takes(text) {
      const line = inspectorLine(text);
      if (line?.kind === 'listening') {
        inspector = new URL(line.url);
        watch = watchPauses(line.url, watched);
        if (isOpen()) options.onOpen();
      }
      // The process does not end before every session has left it.
      if (line?.kind === 'ending') hangUp();
      return line !== undefined;
    },
    enter() {
      waits = options.waits();
      options.onEnter();
      if (isOpen()) options.onOpen();
      return waits !== 'not';
    },
    onPause(newListener) {
      listener = newListener;
    },
    end() {
      clearTimeout(patience);
      hangUp();
      options.onEnd();
    },
    isOpen,
    attached: () => attached,
    sendOn() {
      if (pausedSince === undefined) letGo();
    },
    join(debuggerSocket) {
      const upstream = connect(Number(inspector?.port), inspector?.hostname);
      let hasLeft = false;
      connections.add(debuggerSocket);
      debuggerSocket.once('end', () => {
        hasLeft = true;
      });
      debuggerSocket.once('data', (head) => {
        // Debuggers first ask by plain HTTP what there is to attach to.
        if (!/^upgrade: *websocket/im.test(head.toString('latin1'))) return;
        attached += 1;
        options.onAttached();
        debuggerSocket.once('close', () => detach(!hasLeft));
      });
      debuggerSocket.pipe(upstream).pipe(debuggerSocket);
      debuggerSocket.once('close', () => {
        connections.delete(debuggerSocket);
        upstream.destroy();
      });
      upstream.once('close', () => debuggerSocket.destroy());
      upstream.on('error', () => debuggerSocket.destroy());
    },
  };
}
