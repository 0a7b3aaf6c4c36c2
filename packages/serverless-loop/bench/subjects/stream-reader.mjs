// Reads the stream at an address for as long as its parent lives: a console that costs nothing to draw. Tells its parent once
// the stream has begun.

import process from 'node:process';

process.on('disconnect', () => process.exit());
const response = await fetch(process.argv[2]);
if (!response.ok || !response.body) throw new Error(`${process.argv[2]} answered with ${response.status}`);
process.send('reading');
for await (const _ of response.body);
