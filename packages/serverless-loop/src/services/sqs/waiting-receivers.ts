import type { Clock } from '../../clock.ts';
import type { ReceivedMessage } from './stored-message.ts';

export interface ReceiveRequest {
  /** 1 to 10. */
  maximum: number;
  visibilityTimeoutSeconds: number;
  /** Of a FIFO queue: the id by which the receive may be repeated. */
  attemptId?: string;
  /** Messages of one group alone, of a FIFO queue. */
  ofOneGroup?: true;
}

interface Receiver {
  request: ReceiveRequest;
  finish(messages: ReceivedMessage[]): void;
}

/** The long polls of one queue, oldest first. */
export class WaitingReceivers {
  readonly #clock: Clock;
  readonly #receivers = new Set<Receiver>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when `serve` has messages for the request, or with none when the time is up or the client is gone. */
  wait(request: ReceiveRequest, waitMs: number, signal: AbortSignal): Promise<ReceivedMessage[]> {
    return new Promise((resolve) => {
      const giveUp = () => receiver.finish([]);
      const timer = this.#clock.after(waitMs, giveUp);
      const receiver: Receiver = {
        request,
        finish: (messages) => {
          timer.cancel();
          signal.removeEventListener('abort', giveUp);
          this.#receivers.delete(receiver);
          resolve(messages);
        },
      };
      this.#receivers.add(receiver);
      signal.addEventListener('abort', giveUp);
    });
  }

  /** Gives the receivers what `take` finds for them, until it finds nothing. */
  serve(take: (request: ReceiveRequest) => ReceivedMessage[]): void {
    for (const receiver of this.#receivers) {
      const messages = take(receiver.request);
      if (messages.length === 0) return;
      receiver.finish(messages);
    }
  }

  /** Sends all home with nothing. */
  stop(): void {
    for (const receiver of this.#receivers) receiver.finish([]);
  }
}
