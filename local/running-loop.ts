/** Where a loop is that was told nothing else. */
export const DEFAULT_ENDPOINT = 'http://127.0.0.1:4580';

/** No loop answers where one was looked for. */
export class NoLoopError extends Error {
  override readonly name = 'NoLoopError';
  readonly endpoint: string;

  constructor(endpoint: string, options?: ErrorOptions) {
    super(
      `No loop answers at ${endpoint}. Start one in another terminal with "npm start", or say where it is with --endpoint URL.`,
      options,
    );
    this.endpoint = endpoint;
  }
}

/** What a running loop says of itself at `/_loop/stack`. */
export interface RunningStack {
  stackName: string;
  region: string;
  outputs: Record<string, string>;
  functions: { logicalId: string; name: string; alias?: string }[];
  tables: { logicalId: string; name: string }[];
}

/** Asks the loop at `endpoint` what it runs. Throws NoLoopError. */
export async function askRunningLoop(endpoint: string): Promise<RunningStack> {
  const response = await fetch(new URL('/_loop/stack', endpoint), {
    signal: AbortSignal.timeout(5_000),
  }).catch((error) => {
    throw new NoLoopError(endpoint, { cause: error });
  });
  const stack: unknown = await response.json().catch(() => undefined);
  if (!response.ok || !isRunningStack(stack)) throw new NoLoopError(endpoint);
  return stack;
}

function isRunningStack(value: unknown): value is RunningStack {
  return (
    typeof value === 'object' &&
    value !== null &&
    'functions' in value &&
    'tables' in value &&
    'outputs' in value
  );
}

/** Where the loop is: as given, else AWS_ENDPOINT_URL, else the usual port. */
export function loopEndpoint(given: string | undefined): string {
  return given ?? (process.env.AWS_ENDPOINT_URL || DEFAULT_ENDPOINT);
}
