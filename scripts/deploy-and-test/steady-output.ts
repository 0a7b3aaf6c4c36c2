import process from 'node:process';

/** A terminal that is closed, or a pipe whose reader has gone, must not keep a run from taking back what it started. */
export function keepGoingWithoutOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}
