// dynalite's own HTTP server, from the folder that it is installed in, on a free port of 127.0.0.1 that it tells its parent,
// with whom it ends.

import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';

const dynalite = createRequire(path.join(process.argv[2], 'package.json'))('dynalite');
const server = dynalite({ createTableMs: 0 });
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
process.on('disconnect', () => process.exit());
