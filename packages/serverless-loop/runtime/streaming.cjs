// The global `awslambda` of the Node runtimes. A streamed response is posted as it comes; who calls Invoke gets it whole, as on
// AWS.
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

/** Makes the call of a handler that streams: what it writes goes at once. */
function streamingCall(api) {
  return async (handler, event, context) => {
    const { Writable } = require('node:stream');
    const { finished } = require('node:stream/promises');
    let contentType = 'application/octet-stream';
    const stream = new Writable({
      write(chunk, _encoding, done) {
        api.stream(chunk, contentType, done);
      },
    });
    stream.setContentType = (type) => {
      contentType = type;
    };
    try {
      await handler(event, stream, context);
      if (!stream.writableEnded) throw new Error('Response stream is not finished.');
      await finished(stream);
    } catch (error) {
      // All that was written before it comes before it.
      if (!stream.writableEnded) stream.end();
      await finished(stream).catch(() => {});
      throw error;
    } finally {
      // Nothing of it may get into the answer of another invocation.
      stream.destroy();
    }
    return { contentType };
  };
}

module.exports = { installStreaming, isStreaming, streamingCall };
