/** A call that what a pipe calls didn't do well. */
export class PipeError extends Error {
  override readonly name = 'PipeError';
}
