import { parseArn } from '../../aws/arn.ts';
import { listenersByThing } from '../../aws/listeners.ts';
import type { Clock } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import type { QueueModel } from '../../template/model.ts';
import { Queue } from './queue.ts';
import { queueDoesNotExist } from './sqs-error.ts';

/** The account's queues, by name. */
export class Queues {
  readonly #byName = new Map<string, Queue>();
  readonly #clock: Clock;
  readonly #report: Report;
  /** By the ARNs of queues. */
  readonly #listeners = listenersByThing();

  constructor(options: { models: QueueModel[]; clock: Clock; report: Report }) {
    this.#clock = options.clock;
    this.#report = options.report;
    for (const model of options.models) this.create(model);
  }

  create(model: QueueModel): Queue {
    const queue = new Queue({
      model,
      clock: this.#clock,
      report: this.#report,
      findQueue: (queueArn) => this.findByArn(queueArn),
      onMessages: () => this.#listeners.tell(model.arn),
    });
    this.#byName.set(model.name, queue);
    return queue;
  }

  /** Calls the listener whenever a queue may have messages for it, until it is told to stop. It must not throw. */
  onMessages(queueArn: string, listener: () => void): { stop(): void } {
    return this.#listeners.on(queueArn, listener);
  }

  find(name: string): Queue | undefined {
    return this.#byName.get(name);
  }

  findByArn(queueArn: string): Queue | undefined {
    const queue = this.#byName.get(parseArn(queueArn)?.resource ?? '');
    return queue?.model.arn === queueArn ? queue : undefined;
  }

  /**
   * The queue of a URL, whatever its host: clients keep URLs that were made for another address.
   * Throws AwsError when there is none.
   */
  ofUrl(queueUrl: string): Queue {
    const { accountId, name } = parseQueueUrl(queueUrl);
    const queue = this.#byName.get(name);
    const isOurs = accountId === undefined || parseArn(queue?.model.arn ?? '')?.accountId === accountId;
    if (!queue || !isOurs) throw queueDoesNotExist();
    return queue;
  }

  list(): Queue[] {
    return [...this.#byName.values()];
  }

  delete(queue: Queue): void {
    queue.stop();
    this.#byName.delete(queue.model.name);
  }

  stop(): void {
    for (const queue of this.#byName.values()) queue.stop();
  }
}

/** `<any host>/<account>/<name>`; SQS takes a bare name too. */
export function parseQueueUrl(queueUrl: string): { accountId?: string; name: string } {
  const [name = '', accountId] = queueUrl.split('/').reverse();
  return accountId === undefined ? { name } : { accountId, name };
}
