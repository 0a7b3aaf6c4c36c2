// A client of Lambda's Runtime API 2018-06-01 on one keep-alive socket. An answer and the request for the next
// invocation leave in one write; that and the missing layers of node:http save 0.1 ms an invocation.
'use strict';

const net = require('node:net');

/** `address`: host, port and the path that leads to this process's Runtime API. */
function connect(address, logBytesWritten) {
  const { host: authority, hostname, port, pathname } = new URL(`http://${address}`);
  const base = `${pathname}/2018-06-01/runtime`;
  const socket = net.connect(Number(port), hostname);
  socket.setNoDelay(true);
  // Without the loop there is no work, and nobody would ever end this process.
  socket.on('error', () => process.exit(1));
  socket.on('close', () => process.exit(1));

  const waiting = [];
  let received = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    for (let answer = parseAnswer(received); answer; answer = parseAnswer(received)) {
      received = received.subarray(answer.end);
      waiting.shift()(answer);
    }
  });

  let requestId;
  let isWaiting = false;
  function send(method, path, headers, body) {
    const length = method === 'POST' ? `Content-Length: ${Buffer.byteLength(body)}\r\n` : '';
    const maxMemoryKb = process.resourceUsage().maxRSS;
    const head = `${method} ${base}${path} HTTP/1.1\r\nHost: ${authority}\r\n${headers}${length}Loop-Log-Bytes: ${logBytesWritten()}\r\nLoop-Max-Memory-Kb: ${maxMemoryKb}\r\n\r\n`;
    return new Promise((resolve) => {
      waiting.push(resolve);
      if (typeof body === 'string') socket.write(head + body);
      else {
        socket.write(head);
        if (body) socket.write(body);
      }
    });
  }

  async function next() {
    socket.ref();
    isWaiting = true;
    const { headers, body } = await send('GET', '/invocation/next', '');
    isWaiting = false;
    // While the function works only its own handles keep the process alive, so that "nothing left to do" is noticed.
    socket.unref();
    requestId = headers['lambda-runtime-aws-request-id'];
    return { requestId, headers, body };
  }

  /** Of a streamed answer that has begun: resolves when the loop has it whole. */
  let streamed;

  /** Lambda guide, "Building a custom runtime": a streamed answer goes in chunks, and an error amid it in trailers. */
  function stream(chunk, contentType, sent) {
    if (!streamed) {
      streamed = new Promise((resolve) => waiting.push(resolve));
      socket.write(
        `POST ${base}/invocation/${requestId}/response HTTP/1.1\r\nHost: ${authority}\r\nLambda-Runtime-Function-Response-Mode: streaming\r\nContent-Type: ${contentType}\r\nTransfer-Encoding: chunked\r\n\r\n`,
      );
    }
    // An empty one would be the last.
    if (chunk.length === 0) return sent();
    socket.cork();
    socket.write(`${chunk.length.toString(16)}\r\n`);
    socket.write(chunk);
    socket.write('\r\n', sent);
    socket.uncork();
  }

  function endStream(trailers) {
    const whole = streamed;
    streamed = undefined;
    const maxMemoryKb = process.resourceUsage().maxRSS;
    socket.write(
      `0\r\n${trailers}Loop-Log-Bytes: ${logBytesWritten()}\r\nLoop-Max-Memory-Kb: ${maxMemoryKb}\r\n\r\n`,
    );
    return whole;
  }

  function postError(error) {
    const path = requestId === undefined ? '/init/error' : `/invocation/${requestId}/error`;
    const type = String(error.errorType).replace(/[^\x20-\x7e]/g, '?');
    const header = `Lambda-Runtime-Function-Error-Type: ${type}\r\n`;
    const body = JSON.stringify(error);
    if (!streamed) return send('POST', path, header, body);
    return endStream(
      `${header}Lambda-Runtime-Function-Error-Body: ${Buffer.from(body).toString('base64')}\r\n`,
    );
  }

  return {
    next,
    /** Posts the answer, asks for the next invocation and resolves with that. */
    respond(body) {
      socket.cork();
      send('POST', `/invocation/${requestId}/response`, '', body);
      const invocation = next();
      socket.uncork();
      return invocation;
    },
    /** Sends a part of the answer at once; `sent` is called when it has gone. */
    stream,
    /** Ends a streamed answer as `respond` does another. */
    respondStreamed(contentType) {
      socket.cork();
      if (!streamed) stream('', contentType, () => {});
      endStream('');
      const invocation = next();
      socket.uncork();
      return invocation;
    },
    respondError(error) {
      socket.cork();
      postError(error);
      const invocation = next();
      socket.uncork();
      return invocation;
    },
    /** Posts an error that ends this process: of the running invocation, or of the initialisation. */
    fail(error, done) {
      // Nobody waits for an answer, and none would come before that to `next`.
      if (isWaiting) return done();
      socket.ref();
      postError(error).then(done);
    },
  };
}

function parseAnswer(buffer) {
  const headEnd = buffer.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const headers = {};
  for (const line of buffer.toString('latin1', 0, headEnd).split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const end = headEnd + 4 + Number(headers['content-length'] ?? 0);
  if (buffer.length < end) return undefined;
  return { headers, body: buffer.toString('utf8', headEnd + 4, end), end };
}

module.exports = { connect };
