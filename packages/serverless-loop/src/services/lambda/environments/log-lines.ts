import { StringDecoder } from 'node:string_decoder';

/** Cuts a stream of UTF-8 into lines; an unfinished one waits for its end or for `flush`. */
export interface LineSplitter {
  write(bytes: Buffer): void;
  flush(): void;
}

export function lineSplitter(onLine: (line: string) => void): LineSplitter {
  // A character may come in two pieces.
  const decoder = new StringDecoder('utf8');
  let unfinished = '';
  return {
    write(bytes) {
      const lines = (unfinished + decoder.write(bytes)).split('\n');
      unfinished = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    },
    flush() {
      const line = unfinished + decoder.end();
      unfinished = '';
      if (line !== '') onLine(line);
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
      let start = Math.max(0, bytes.length - TAIL_BYTES);
      while (isInsideCharacter(bytes[start])) start += 1;
      return bytes.toString('utf8', start);
    },
  };
}

/** UTF-8's continuation bytes are those of the form 10xxxxxx. */
function isInsideCharacter(byte = 0): boolean {
  return (byte & 0b1100_0000) === 0b1000_0000;
}
