/** No loop answers where one was looked for. */
export class NoLoopError extends Error {
  override readonly name = 'NoLoopError';
  readonly endpoint: string;

  constructor(endpoint: string, options?: ErrorOptions) {
    super(
      `No loop answers at ${endpoint}. Start one in another terminal with "npx serverless-loop start", or say where it is with --endpoint URL.`,
      options,
    );
    this.endpoint = endpoint;
  }
}
