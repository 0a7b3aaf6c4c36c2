/** Something could not be measured, for the reason that the message says. */
export class BenchError extends Error {
  override readonly name: string = 'BenchError';
}
