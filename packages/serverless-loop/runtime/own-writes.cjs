// Tells the loop which files this process writes. Only for a function whose code changed again and again while it was at
// work: so the loop knows what the function did itself from what somebody saved. What a child process or native code
// writes is not told.
'use strict';

const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { fileURLToPath } = require('node:url');

/** By the position of the path that changes; `rename` changes both. */
const CHANGES = {
  0: ['writeFile', 'appendFile', 'truncate', 'rename', 'unlink', 'rm', 'mkdir', 'rmdir', 'utimes'],
  1: ['rename', 'copyFile', 'cp', 'link', 'symlink'],
};
/** Those that change what was opened before. */
const DESCRIPTOR_CHANGES = ['write', 'writev', 'ftruncate', 'writeFile', 'appendFile'];
const HANDLE_CHANGES = ['write', 'writev', 'truncate', 'writeFile', 'appendFile'];

function tellWrites(tell) {
  const opened = new Map();
  const told = (file) => {
    if (typeof file === 'number') file = opened.get(file);
    const name = file instanceof URL ? fileURLToPath(file) : Buffer.isBuffer(file) ? file.toString() : file;
    if (typeof name === 'string') tell(path.resolve(name));
  };
  const before = (target, name, look) => {
    const original = target[name];
    if (typeof original !== 'function') return;
    target[name] = function (...values) {
      look(values, this);
      return original.apply(this, values);
    };
  };
  const both = (name, look) => {
    before(fs, name, look);
    before(fs, `${name}Sync`, look);
  };

  for (const [position, names] of Object.entries(CHANGES))
    for (const name of names) {
      both(name, (values) => told(values[position]));
      before(fs.promises, name, (values) => told(values[position]));
    }
  for (const name of DESCRIPTOR_CHANGES) both(name, ([fd]) => opened.has(fd) && told(fd));

  const writes = (flags) => (typeof flags === 'number' ? (flags & 3) !== 0 : /[wa+]/.test(flags ?? 'r'));
  const remember = (fd, [file, flags]) => {
    if (!writes(flags)) return opened.delete(fd);
    opened.set(fd, file);
    return told(file);
  };
  const { open, openSync } = fs;
  fs.open = (...values) => {
    const done = values.pop();
    return open(...values, (error, fd) => {
      if (!error) remember(fd, values);
      done(error, fd);
    });
  };
  fs.openSync = (...values) => {
    const fd = openSync(...values);
    remember(fd, values);
    return fd;
  };
  const openPromise = fs.promises.open;
  let isHandleKnown = false;
  fs.promises.open = async (...values) => {
    const handle = await openPromise(...values);
    remember(handle.fd, values);
    if (!isHandleKnown) {
      const methods = Object.getPrototypeOf(handle);
      for (const name of HANDLE_CHANGES)
        before(methods, name, (_values, { fd }) => opened.has(fd) && told(fd));
    }
    isHandleKnown = true;
    return handle;
  };
  Module.syncBuiltinESMExports();
}

module.exports = { tellWrites };
