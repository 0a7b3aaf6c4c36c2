// console as Lambda's Node runtime has it: one record a call, as text or as JSON, filtered by level in JSON only
// (Lambda guide, "Log and monitor Node.js Lambda functions", "Configuring JSON log format").
'use strict';

const util = require('node:util');
const { describeForLog } = require('./errors.cjs');

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const METHODS = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  log: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
};
/** The runtime keeps the running request's id under this symbol; other libraries read it there. */
const REQUEST_ID = Symbol.for('aws.lambda.runtime.requestId');

/** Replaces the methods of `console`; returns the format in use. */
function installConsole(log) {
  const format = process.env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === 'JSON' ? 'JSON' : 'Text';
  const lowest = LEVELS.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL?.toUpperCase() ?? 'TRACE');
  const record = format === 'JSON' ? jsonRecord : textRecord;
  for (const [method, level] of Object.entries(METHODS)) {
    const shown = LEVELS.indexOf(level) >= lowest;
    console[method] = shown ? (...values) => log.record(record(level, values)) : () => {};
  }
  return format;
}

function textRecord(level, values) {
  return `${new Date().toISOString()}\t${globalThis[REQUEST_ID]}\t${level}\t${util.format(...values)}\n`;
}

function jsonRecord(level, values) {
  const record = { timestamp: new Date().toISOString(), level, requestId: globalThis[REQUEST_ID] };
  if (values.length === 1) {
    try {
      return JSON.stringify({ ...record, message: values[0] }, (_key, value) =>
        value instanceof Error ? errorMembers(value) : value,
      );
    } catch {
      return JSON.stringify({ ...record, message: util.format(values[0]) });
    }
  }
  const error = values.find((value) => value instanceof Error);
  return JSON.stringify({
    ...record,
    message: util.format(...values),
    ...(error === undefined ? {} : errorMembers(error)),
  });
}

function errorMembers(error) {
  return {
    ...error,
    errorType: error.constructor?.name ?? 'UnknownError',
    errorMessage: error.message,
    stackTrace: error.stack?.split('\n') ?? [],
  };
}

/** Logs what a function threw as the runtime itself does. */
function structuredErrors(format) {
  return format === 'JSON'
    ? (_title, error) => console.error(error instanceof Error ? error : new Error(error))
    : (title, error) => console.error(title, `\t${describeForLog(error)}`);
}

module.exports = { installConsole, structuredErrors, REQUEST_ID };
