// The invocation loop: next, call, answer. What a handler may do differs by runtime version.
'use strict';

const { describeError, RuntimeError } = require('./errors.cjs');
const { REQUEST_ID } = require('./console.cjs');
const { isStreaming, streamingCall } = require('./streaming.cjs');

const NOTHING_LEFT_TO_DO =
  'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes';

async function serve({ api, handler, first, logError, takesCallbacks }) {
  const streaming = isStreaming(handler);
  const call = streaming ? streamingCall(api) : takesCallbacks ? callWithCallback : callAsync;
  let whenIdle;
  process.on('beforeExit', () => whenIdle?.());
  const onIdle = (listener) => {
    whenIdle = listener;
  };

  for (let invocation = await first; ; ) {
    globalThis[REQUEST_ID] = invocation.requestId;
    const trace = invocation.headers['lambda-runtime-trace-id'];
    if (trace) process.env._X_AMZN_TRACE_ID = trace;
    else delete process.env._X_AMZN_TRACE_ID;

    let answer;
    try {
      const result = await call(handler, JSON.parse(invocation.body), contextOf(invocation), onIdle);
      answer = streaming ? api.respondStreamed(result.contentType) : api.respond(marshal(result));
    } catch (error) {
      logError('Invoke Error', error);
      answer = api.respondError(describeError(error));
    }
    whenIdle = undefined;
    invocation = await answer;
  }
}

function callAsync(handler, event, context, onIdle) {
  return new Promise((resolve, reject) => {
    onIdle(() => reject(new RuntimeError('NodeJsExit', NOTHING_LEFT_TO_DO)));
    // Not resolve(promise): that would settle on it for good, and leave nothing to reject.
    Promise.resolve(handler(event, context)).then(resolve, reject);
  });
}

/** Before nodejs24.x: a promise counts, else the callback; when neither comes and nothing is left to do, null. */
function callWithCallback(handler, event, context, onIdle) {
  return new Promise((resolve, reject) => {
    const isAsync = handler.constructor.name === 'AsyncFunction';
    onIdle(() => (isAsync ? reject(new RuntimeError('NodeJsExit', NOTHING_LEFT_TO_DO)) : resolve(null)));
    const done = (error, result) => (error === undefined || error === null ? resolve(result) : reject(error));
    const callback = (error, result) => {
      if ((error === undefined || error === null) && context.callbackWaitsForEmptyEventLoop) {
        onIdle(() => resolve(result));
      } else done(error, result);
    };
    context.callbackWaitsForEmptyEventLoop = true;
    context.done = done;
    context.succeed = (result) => resolve(result);
    context.fail = (error) => reject(error ?? 'handled');
    const result = handler(event, context, callback);
    if (typeof result?.then === 'function') result.then(resolve, reject);
  });
}

function contextOf({ requestId, headers }) {
  const deadlineMs = Number(headers['lambda-runtime-deadline-ms']);
  const pausedBeforeMs = pausedMs();
  return {
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parseHeader(headers, 'lambda-runtime-client-context'),
    identity: parseHeader(headers, 'lambda-runtime-cognito-identity'),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => deadlineMs + pausedMs() - pausedBeforeMs - Date.now(),
  };
}

/** Milliseconds that this process has stood at breakpoints, as the loop tells it: that time doesn't count. */
function pausedMs() {
  return globalThis[Symbol.for('debugger.pausedMs')] ?? 0;
}

function parseHeader(headers, name) {
  return headers[name] === undefined ? undefined : JSON.parse(headers[name]);
}

function marshal(result) {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch {
    throw new RuntimeError('MarshalError', 'Unable to stringify response body');
  }
}

module.exports = { serve };
