/**
 * Reads what a function's process logs on its log channel, in the frames of Lambda's own runtimes: type, length, time in
 * microseconds, message, all big-endian. The types for raw output and for files are the loop's own; see runtime/log-channel.cjs.
 */
const HEADER_BYTES = 16;
const STDOUT_FRAME = 0xa55a0100;
const STDERR_FRAME = 0xa55a0101;
const WRITTEN_FRAME = 0xa55a0102;
const TOLD_FRAME = 0xa55a0103;

export interface LogFrame {
  /**
   * A record is one log event however many lines it has; the path of a file that the process writes is none, nor is what its
   * runtime tells the loop; the others are pieces of a stream.
   */
  kind: 'record' | 'stdout' | 'stderr' | 'written' | 'told';
  bytes: Buffer;
}

export interface LogFrameReader {
  /** Takes what was read and hands out every frame that is complete. */
  read(chunk: Buffer): void;
  /** The bytes of complete frames that were read. */
  bytesRead(): number;
}

export function logFrameReader(onFrame: (frame: LogFrame) => void): LogFrameReader {
  let pending: Buffer = Buffer.alloc(0);
  let bytesRead = 0;
  return {
    read(chunk) {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      while (pending.length >= HEADER_BYTES) {
        const end = HEADER_BYTES + pending.readUInt32BE(4);
        if (pending.length < end) return;
        onFrame({ kind: kindOf(pending.readUInt32BE(0)), bytes: pending.subarray(HEADER_BYTES, end) });
        bytesRead += end;
        pending = pending.subarray(end);
      }
    },
    bytesRead: () => bytesRead,
  };
}

function kindOf(type: number): LogFrame['kind'] {
  if (type === STDOUT_FRAME) return 'stdout';
  if (type === WRITTEN_FRAME) return 'written';
  if (type === TOLD_FRAME) return 'told';
  return type === STDERR_FRAME ? 'stderr' : 'record';
}
