import type { Writable } from 'node:stream';

/** Takes the parts of a function's answer as the function writes them. */
export interface ResponseSink {
  /** Comes once, before the first part. */
  begin(contentType: string): void;
  /** Resolves when it takes the next part; undefined when it does at once. */
  write(part: Buffer): Promise<void> | undefined;
}

/**
 * Writes a part, and makes its writer wait where the reader is slow. When the reader has gone the rest goes nowhere: a function
 * isn't stopped by that (Lambda guide, "Response streaming for Lambda functions").
 */
export function writePart(stream: Writable, part: Buffer): Promise<void> | undefined {
  if (stream.destroyed || stream.write(part)) return undefined;
  return new Promise((resolve) => {
    const goOn = () => {
      stream.off('drain', goOn).off('close', goOn);
      resolve();
    };
    stream.on('drain', goOn).on('close', goOn);
  });
}
