// The global `awslambda` of the Node runtimes. A streamed response is collected and posted whole: who invokes
// synchronously gets it whole on AWS too.
'use strict';

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const PRELUDE_END = Buffer.alloc(8);

function installStreaming() {
  globalThis.awslambda = {
    streamifyResponse(handler) {
      handler[STREAMING] = 'response';
      return handler;
    },
    HttpResponseStream: {
      from(stream, metadata) {
        stream.setContentType('application/vnd.awslambda.http-integration-response');
        stream.write(JSON.stringify(metadata));
        stream.write(PRELUDE_END);
        return stream;
      },
    },
  };
}

function isStreaming(handler) {
  return handler[STREAMING] === 'response';
}

async function callStreaming(handler, event, context) {
  const { Writable } = require('node:stream');
  const { finished } = require('node:stream/promises');
  const chunks = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  stream.setContentType = () => {};
  await handler(event, stream, context);
  if (!stream.writableEnded) throw new Error('Response stream is not finished.');
  await finished(stream);
  return Buffer.concat(chunks);
}

module.exports = { installStreaming, isStreaming, callStreaming };
