export const DEFAULT_PORT = 4580;

/** Address of a loop that was told nothing else. */
export const DEFAULT_ENDPOINT = `http://127.0.0.1:${DEFAULT_PORT}`;
