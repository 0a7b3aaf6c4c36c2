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

  function postError(error) {
    const path = requestId === undefined ? '/init/error' : `/invocation/${requestId}/error`;
    const type = String(error.errorType).replace(/[^\x20-\x7e]/g, '?');
    return send('POST', path, `Lambda-Runtime-Function-Error-Type: ${type}\r\n`, JSON.stringify(error));
  }

  return {
    next,
    /** Posts the answer, asks for the next invocation and resolves with that. */
    respond(body, headers = '') {
      socket.cork();
      send('POST', `/invocation/${requestId}/response`, headers, body);
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
