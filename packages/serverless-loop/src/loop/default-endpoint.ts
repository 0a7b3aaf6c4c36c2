export const DEFAULT_PORT = 4580;

/** Where a loop is that was told nothing else. */
export const DEFAULT_ENDPOINT = `http://127.0.0.1:${DEFAULT_PORT}`;
