/** A command line that can't be understood: shown with the way to the help, exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
