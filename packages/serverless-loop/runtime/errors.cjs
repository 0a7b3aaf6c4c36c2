// Errors of the runtime itself, and how any error is told: to the Runtime API (errorType, errorMessage, trace) and in
// the log (the same with the error's own members).
'use strict';

const util = require('node:util');

class RuntimeError extends Error {
  constructor(type, cause) {
    super(cause);
    this.name = `Runtime.${type}`;
    if (cause instanceof Error) this.reason = cause;
  }
}

/** The body that is posted for an error. */
function describeError(error) {
  try {
    if (util.types.isNativeError(error) || looksLikeError(error)) {
      return { errorType: error.name, errorMessage: error.message, trace: String(error.stack).split('\n') };
    }
    return { errorType: typeof error, errorMessage: error.toString(), trace: [] };
  } catch {
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
    };
  }
}

function describeForLog(thrown) {
  const error = thrown instanceof Error ? thrown : new Error(thrown);
  try {
    return JSON.stringify(error, (_key, value) =>
      value instanceof Error ? withHiddenMembers(value) : value,
    );
  } catch {
    return JSON.stringify(describeError(error));
  }
}

function withHiddenMembers(error) {
  return {
    errorType: error.name,
    errorMessage: error.message,
    code: error.code,
    ...error,
    stack: error.stack?.split('\n'),
  };
}

function looksLikeError(value) {
  return ['name', 'message', 'stack'].every(
    (member) => typeof value?.[member] === 'string' && value[member] !== '',
  );
}

module.exports = { RuntimeError, describeError, describeForLog };
