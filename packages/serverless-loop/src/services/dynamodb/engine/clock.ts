/** The engine's time: the day's for people and TTL, and timers. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  after(delayMs: number, task: () => void): { cancel(): void };
}

/** As DynamoDB answers times: epoch seconds, with their milliseconds. */
export const seconds = (clock: Clock): number => clock.now() / 1000;
