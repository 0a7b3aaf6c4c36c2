import type { ChildProcess } from 'node:child_process';
import { Duplex, type Readable } from 'node:stream';
import { logFrameReader } from './log-frames.ts';
import { lineSplitter } from './log-lines.ts';

/** The file descriptor of a process's log channel; 0, 1 and 2 are the usual ones. */
export const LOG_CHANNEL_FD = 3;

export interface ProcessLogs {
  /** Calls back once the channel was read up to this many bytes, and the other streams up to now. */
  whenRead(bytes: number, then: () => void): void;
  /** Resolves when every stream of the ended process was read to its end. */
  ended(): Promise<void>;
  /** Hands out unfinished lines. */
  flush(): void;
  /** Lets its runtime go on, which has asked for something. */
  answer(): void;
}

/**
 * Reads what a process logs: the log channel, which its runtime fills in order and counts, and the real stdout and
 * stderr, where native code, child processes and custom runtimes write.
 */
export function readProcessLogs(
  child: ChildProcess,
  onLine: (line: string) => void,
  onWritten: (file: string) => void,
  onTold: (news: string) => void,
): ProcessLogs {
  const splitters = { stdout: lineSplitter(onLine), stderr: lineSplitter(onLine) };
  let waiting: { bytes: number; then: () => void } | undefined;

  const frames = logFrameReader(({ kind, bytes }) => {
    if (kind === 'written') onWritten(bytes.toString());
    else if (kind === 'told') onTold(bytes.toString());
    else if (kind === 'record') onLine(bytes.toString().replace(/\n$/, ''));
    else splitters[kind].write(bytes);
  });
  const channel = readable(child, LOG_CHANNEL_FD);
  channel.on('data', (chunk: Buffer) => {
    frames.read(chunk);
    if (!waiting || frames.bytesRead() < waiting.bytes) return;
    afterThisTurn(waiting.then);
    waiting = undefined;
  });

  const stdout = readable(child, 1);
  const stderr = readable(child, 2);
  const nativeOut = lineSplitter(onLine);
  const nativeErr = lineSplitter(onLine);
  stdout.on('data', nativeOut.write);
  stderr.on('data', nativeErr.write);
  const ended = Promise.all([channel, stdout, stderr].map(ending)).then(() => {});

  return {
    whenRead(bytes, then) {
      if (frames.bytesRead() >= bytes) afterThisTurn(then);
      else waiting = { bytes, then };
    },
    ended: () => ended,
    answer() {
      if (channel instanceof Duplex && channel.writable) channel.write('\n');
    },
    flush() {
      for (const splitter of [splitters.stdout, splitters.stderr, nativeOut, nativeErr]) splitter.flush();
    },
  };
}

/** Everything that was written to a stream by now is read in this turn of the event loop, though maybe later in it. */
function afterThisTurn(then: () => void): void {
  setImmediate(then);
}

function readable(child: ChildProcess, fd: number): Readable {
  const stream = child.stdio[fd];
  if (!stream || !('read' in stream)) throw new Error(`file descriptor ${fd} of the process is no pipe`);
  return stream;
}

function ending(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    stream.on('error', () => {});
    stream.once('close', resolve);
  });
}
