// The log channel: a file descriptor beside stdout and stderr, in the frames that Lambda's own runtimes write when
// _LAMBDA_TELEMETRY_LOG_FD is set: type, length, time in microseconds, message, all big-endian. Written synchronously,
// so that nothing is lost when the process is killed; counted, so that the loop knows when it has read all that was
// logged before an answer.
'use strict';

const fs = require('node:fs');

const HEADER_BYTES = 16;
const FRAME = {
  record: 0xa55a0003,
  stdout: 0xa55a0100,
  stderr: 0xa55a0101,
  written: 0xa55a0102,
  told: 0xa55a0103,
};

function logChannel() {
  const fd = Number(process.env._LAMBDA_TELEMETRY_LOG_FD);
  delete process.env._LAMBDA_TELEMETRY_LOG_FD;
  let bytesWritten = 0;

  function write(type, chunk) {
    const length = typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length;
    const frame = Buffer.allocUnsafe(HEADER_BYTES + length);
    frame.writeUInt32BE(type, 0);
    frame.writeUInt32BE(length, 4);
    frame.writeBigInt64BE(BigInt(Date.now()) * 1000n, 8);
    if (typeof chunk === 'string') frame.write(chunk, HEADER_BYTES);
    else frame.set(chunk, HEADER_BYTES);
    for (let done = 0; done < frame.length; ) done += fs.writeSync(fd, frame, done);
    bytesWritten += frame.length;
  }

  redirect(process.stdout, (chunk) => write(FRAME.stdout, chunk));
  redirect(process.stderr, (chunk) => write(FRAME.stderr, chunk));
  return {
    record: (line) => write(FRAME.record, line),
    written: (file) => write(FRAME.written, file),
    tell: (news) => write(FRAME.told, JSON.stringify(news)),
    /** Tells it, and waits for the answer: one byte. */
    ask(question) {
      write(FRAME.told, JSON.stringify(question));
      fs.readSync(fd, Buffer.alloc(1));
    },
    bytesWritten: () => bytesWritten,
  };
}

function redirect(stream, write) {
  stream.write = (chunk, encoding, callback) => {
    write(typeof chunk === 'string' && typeof encoding === 'string' ? Buffer.from(chunk, encoding) : chunk);
    const done = typeof encoding === 'function' ? encoding : callback;
    if (done) process.nextTick(done);
    return true;
  };
}

module.exports = { logChannel };
