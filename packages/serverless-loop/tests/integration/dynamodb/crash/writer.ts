import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { engineWithTable } from '../../../unit/dynamodb/model/engine-under-test.ts';
import { callOf, changeOf } from './load.ts';

/** Run as a process of its own: makes changes from the given one on, and tells the number of each once it is done. */
const [, , dataDir, first] = process.argv;
const { operations } = engineWithTable(dataDir);
for (let n = Number(first); ; n += 1) {
  const [operation, input] = callOf(changeOf(n));
  operations[operation](input);
  writeSync(1, `${n}\n`);
  // The journal is written anew beside the changes, in turns of the event loop.
  if (n % 4 === 0) await setImmediate();
}
