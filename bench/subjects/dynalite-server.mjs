// dynalite's own HTTP server, on a free port of 127.0.0.1 that it tells its parent, with whom it ends.

import process from 'node:process';
import dynalite from 'dynalite';

const server = dynalite({ createTableMs: 0 });
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
process.on('disconnect', () => process.exit());
