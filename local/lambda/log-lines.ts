/** Cuts a stream of text into lines; an unfinished one waits for its end or for `flush`. */
export interface LineSplitter {
  write(text: string): void;
  flush(): void;
}

export function lineSplitter(onLine: (line: string) => void): LineSplitter {
  let unfinished = '';
  return {
    write(text) {
      const lines = (unfinished + text).split('\n');
      unfinished = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    },
    flush() {
      if (unfinished === '') return;
      const line = unfinished;
      unfinished = '';
      onLine(line);
    },
  };
}

/** `X-Amz-Log-Result` holds the last 4 KB of an invocation's log (Lambda API reference, "Invoke"). */
const TAIL_BYTES = 4096;

export interface LogTail {
  add(line: string): void;
  text(): string;
}

export function logTail(): LogTail {
  let kept = '';
  return {
    add(line) {
      kept += `${line}\n`;
      // UTF-16 units are at most as many as bytes: a cheap bound, made exact in text().
      if (kept.length > 4 * TAIL_BYTES) kept = kept.slice(-TAIL_BYTES);
    },
    text() {
      const bytes = Buffer.from(kept);
      return bytes.subarray(Math.max(0, bytes.length - TAIL_BYTES)).toString('utf8');
    },
  };
}
