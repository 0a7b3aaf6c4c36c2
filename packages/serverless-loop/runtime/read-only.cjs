// Keeps a function from writing where its code is: on AWS that is a file system for reading only, and here it would be the
// developer's source. It holds for what goes through Node's fs; native code and other programs write past it.
'use strict';

const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { whenLoaded } = require('./builtins.cjs');

/** By the position of the path that changes; `rename` changes both. */
const CHANGES = [
  [[0], ['appendFile', 'chmod', 'chown', 'lchown', 'lutimes', 'mkdir', 'mkdtemp', 'rm', 'rmdir']],
  [[0], ['truncate', 'unlink', 'utimes', 'writeFile']],
  [[0, 1], ['rename']],
  [[1], ['copyFile', 'cp', 'link', 'symlink']],
];
const ERRNO_EROFS = -30;

/** `folders` may grow. */
function keepReadOnly(folders) {
  const isIn = (file) => {
    const name = file instanceof URL ? file.pathname : Buffer.isBuffer(file) ? file.toString() : file;
    if (typeof name !== 'string') return false;
    const full = path.resolve(name);
    return folders.some((folder) => full === folder || full.startsWith(folder + path.sep));
  };
  const refusal = (call, values, positions) => {
    const file = positions.map((position) => values[position]).find(isIn);
    if (file === undefined) return undefined;
    const error = new Error(`EROFS: read-only file system, ${call} '${file}'`);
    return Object.assign(error, { errno: ERRNO_EROFS, code: 'EROFS', syscall: call, path: String(file) });
  };

  const ways = {
    callback: (original, refused) =>
      function (...values) {
        const error = refused(values);
        if (!error) return original.apply(this, values);
        const done = values.at(-1);
        if (typeof done === 'function') process.nextTick(done, error);
      },
    sync: (original, refused) =>
      function (...values) {
        const error = refused(values);
        if (error) throw error;
        return original.apply(this, values);
      },
    promise: (original, refused) =>
      async function (...values) {
        const error = refused(values);
        if (error) throw error;
        return original.apply(this, values);
      },
  };
  const guardAll = (target, end, way) => {
    const guard = (name, positions, applies = () => true) => {
      const original = target[`${name}${end}`];
      const call = SYSTEM_CALLS[name] ?? name;
      const refused = (values) => (applies(values) ? refusal(call, values, positions) : undefined);
      if (original) target[`${name}${end}`] = named(original, ways[way](original, refused));
    };
    for (const [positions, names] of CHANGES) for (const name of names) guard(name, positions);
    guard('open', [0], ([, flags]) => opensForWriting(flags));
  };

  guardAll(fs, '', 'callback');
  guardAll(fs, 'Sync', 'sync');
  Module.syncBuiltinESMExports();
  // Node loads it when it is asked for: by whichever of its names.
  const { get } = Object.getOwnPropertyDescriptor(fs, 'promises');
  let promises;
  const guardPromises = () => {
    if (promises) return promises;
    promises = get.call(fs);
    guardAll(promises, '', 'promise');
    Module.syncBuiltinESMExports();
    return promises;
  };
  Object.defineProperty(fs, 'promises', { get: guardPromises, configurable: true, enumerable: true });
  whenLoaded(['fs/promises'], guardPromises);
}

const SYSTEM_CALLS = { appendFile: 'open', copyFile: 'copyfile', utimes: 'utime', writeFile: 'open' };

function opensForWriting(flags) {
  if (typeof flags === 'number') return (flags & (fs.constants.O_ACCMODE ?? 3)) !== 0;
  return typeof flags === 'string' && /[wa+]/.test(flags);
}

/** Its name, and its own form for promises, are those of the one before. */
function named(original, replacement) {
  const { prototype: _, ...kept } = Object.getOwnPropertyDescriptors(original);
  return Object.defineProperties(replacement, kept);
}

module.exports = { keepReadOnly };
