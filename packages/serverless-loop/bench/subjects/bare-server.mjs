// A bare server of Node's in front of a handler, in one process: the least that HTTP costs. Ends with its parent.

import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import process from 'node:process';

const { handler } = createRequire(import.meta.url)(process.argv[2]);
// The handler logs, and nobody reads it here.
console.log = () => {};

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', async () => {
    const { statusCode, body: answer } = await handler({ body, headers: request.headers });
    response.writeHead(statusCode, { 'content-type': 'application/json' }).end(answer);
  });
});

process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
