// Changes Node's own modules when they are loaded the first time: loaded ahead, some would cost each start 10 ms.
'use strict';

const Module = require('node:module');

const waiting = new Map();
let isPatched = false;

/** Calls back when the first of these modules is loaded. */
function whenLoaded(names, then) {
  const first = once(then);
  for (const name of names)
    for (const specifier of [name, `node:${name}`])
      waiting.set(specifier, [...(waiting.get(specifier) ?? []), first]);
  if (isPatched) return;
  isPatched = true;
  const load = Module._load;
  Module._load = function (request, ...more) {
    const loaded = load.call(this, request, ...more);
    if (waiting.has(request)) noteLoaded(request);
    return loaded;
  };
}

/** To be told of what ES modules import. */
function noteLoaded(specifier) {
  const listeners = waiting.get(specifier) ?? [];
  waiting.delete(specifier);
  for (const then of listeners) then();
}

function once(then) {
  let isDone = false;
  return () => {
    if (!isDone) then();
    isDone = true;
  };
}

module.exports = { whenLoaded, noteLoaded };
