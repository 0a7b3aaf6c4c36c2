import { randomBytes } from 'node:crypto';
import { AwsError } from '../../../aws/errors.ts';
import type { Clock, Timer } from '../../../clock.ts';
import { invalidToken } from '../errors.ts';
import { StateError } from '../interpreter/state-error.ts';

const BEGIN = 'AQC';

/** Makes the token of a task; AWS's are base64 of what only it can read. */
export function newTaskToken(): string {
  return BEGIN + randomBytes(120).toString('base64url');
}

function isTaskToken(text: string): boolean {
  return text.startsWith(BEGIN) && text.length === BEGIN.length + 160;
}

interface Waiting {
  succeed(output: unknown): void;
  fail(error: StateError): void;
  /** Begins the time between heartbeats anew. */
  beat(): void;
}

/** The tasks that wait for callbacks, by their tokens. */
export class TaskTokens {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #waiting = new Map<string, Waiting>();

  constructor(clock: Pick<Clock, 'after'>) {
    this.#clock = clock;
  }

  /**
   * Resolves with the output that the token is sent back with. Rejects with the StateError that it is sent back with, or with
   * that of a heartbeat that stays out. The token is forgotten when the signal is aborted. `beatsLater`: the time between
   * heartbeats begins with the first.
   */
  wait(
    token: string,
    signal: AbortSignal,
    heartbeatSeconds?: number,
    { beatsLater = false } = {},
  ): Promise<unknown> {
    const answer = Promise.withResolvers<unknown>();
    let timer: Timer | undefined;
    const end = () => {
      this.#waiting.delete(token);
      timer?.cancel();
      signal.removeEventListener('abort', end);
    };
    const beat = () => {
      timer?.cancel();
      if (heartbeatSeconds === undefined) return;
      timer = this.#clock.after(heartbeatSeconds * 1_000, () => {
        end();
        answer.reject(new StateError('States.Timeout', undefined, { aliases: ['States.HeartbeatTimeout'] }));
      });
    };
    const succeed = (output: unknown) => {
      end();
      answer.resolve(output);
    };
    const fail = (error: StateError) => {
      end();
      answer.reject(error);
    };
    this.#waiting.set(token, { succeed, fail, beat });
    signal.addEventListener('abort', end);
    if (!beatsLater) beat();
    return answer.promise;
  }

  /** Throws the AwsError of a token that nobody waits for. */
  refuseUnknown(token: string): void {
    this.#find(token);
  }

  succeed(token: string, output: unknown): void {
    this.#find(token).succeed(output);
  }

  fail(token: string, error?: string, cause?: string): void {
    this.#find(token).fail(new StateError(error, cause));
  }

  beat(token: string): void {
    this.#find(token).beat();
  }

  /** Throws the AwsError of SendTaskSuccess and its like (API reference, "SendTaskSuccess", "Errors"). */
  #find(token: string): Waiting {
    const waiting = this.#waiting.get(token);
    if (waiting) return waiting;
    if (!isTaskToken(token)) throw invalidToken();
    throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  }
}
