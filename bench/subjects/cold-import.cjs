// node cold-import.cjs FILE: prints the milliseconds that the first import of a CommonJS file takes.

const startedAt = performance.now();
require(process.argv[2]);
const tookMs = performance.now() - startedAt;
process.stdout.write(`${tookMs}\n`, () => process.exit());
