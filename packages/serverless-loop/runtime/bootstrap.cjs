// The process of an execution environment: learns where the code is, loads the handler, then serves one invocation
// after the other. Plain CommonJS, because it starts 20 ms sooner than an ES module and needs no type stripping.
'use strict';

const fs = require('node:fs');
const Module = require('node:module');
const { keepFromAws } = require('./aws-hosts.cjs');
const { structuredErrors, installConsole } = require('./console.cjs');
const { loadHandler, refuseCallback } = require('./handler.cjs');
const { describeError, RuntimeError } = require('./errors.cjs');
const { logChannel } = require('./log-channel.cjs');
const { installPackages } = require('./packages.cjs');
const { keepReadOnly } = require('./read-only.cjs');
const { connect } = require('./runtime-api-client.cjs');
const { serve } = require('./serve.cjs');
const { installStreaming } = require('./streaming.cjs');

const EXIT_INIT_ERROR = 1;
const EXIT_UNHANDLED_REJECTION = 128;
const EXIT_UNCAUGHT_EXCEPTION = 129;

const log = logChannel();
const logError = structuredErrors(installConsole(log));
const api = connect(process.env.AWS_LAMBDA_RUNTIME_API, log.bytesWritten);

process.on('uncaughtException', (error) => {
  logError('Uncaught Exception', error);
  api.fail(describeError(error), () => process.exit(EXIT_UNCAUGHT_EXCEPTION));
});
process.on('unhandledRejection', (reason) => {
  const error = new RuntimeError('UnhandledPromiseRejection', reason);
  logError('Unhandled Promise Rejection', error);
  api.fail(describeError(error), () => process.exit(EXIT_UNHANDLED_REJECTION));
});

// All that doesn't depend on the code comes before it is known: a spare has time for it.
installStreaming();
const aws = { allows: false, services: [] };
keepFromAws({
  endpoint: process.env.AWS_ENDPOINT_URL,
  aws,
  tell: (host) => log.tell({ kind: 'refused', host }),
});
const readOnly = [];
keepReadOnly(readOnly);

start();

async function start() {
  const { taskRoot, compileCacheDir, tellsWrites, waitsForDebugger, surroundings } = readAssignment();
  Object.assign(aws, surroundings.aws);
  if (waitsForDebugger) require('node:inspector').waitForDebugger();
  enterTaskRoot(taskRoot);
  if (compileCacheDir) Module.enableCompileCache(compileCacheDir);
  if (tellsWrites) require('./own-writes.cjs').tellWrites(log.written);
  const nodeMajor = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV)?.[1] ?? 24);
  const want = (name) => log.ask({ kind: 'wanted', name });
  readOnly.push(taskRoot, ...surroundings.layers.map(({ folder }) => folder));
  const lack = (name) => log.tell({ kind: 'missing', name });
  installPackages({ taskRoot, nodeMajor, surroundings, want, lack });
  let handler;
  try {
    handler = await loadHandler(taskRoot, process.env._HANDLER);
    refuseCallback(handler, nodeMajor);
  } catch (error) {
    logError('Init Error', error);
    api.fail(describeError(error), () => process.exit(EXIT_INIT_ERROR));
    return;
  }
  const first = api.next();
  // The process ends by a kill, which would not write the cache; nor would it while it is frozen.
  setImmediate(() => {
    if (compileCacheDir) Module.flushCompileCache();
    log.tell({ kind: 'settled' });
  });
  await serve({ api, handler, first, logError, takesCallbacks: nodeMajor < 24 });
}

/** Blocks until the loop says, in one line on standard input, which code to run. A spare process waits here. */
function readAssignment() {
  const chunk = Buffer.alloc(16_384);
  let text = '';
  while (!text.endsWith('\n')) {
    const length = fs.readSync(0, chunk);
    if (length === 0) process.exit(0);
    text += chunk.toString('utf8', 0, length);
  }
  return JSON.parse(text);
}

function enterTaskRoot(taskRoot) {
  process.chdir(taskRoot);
  process.env.LAMBDA_TASK_ROOT = taskRoot;
  process.env.PWD = taskRoot;
  process.env.NODE_PATH ??= taskRoot;
  Module._initPaths();
  process.argv.length = 2;
}
