import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { BenchError } from '../bench-error.ts';
import type { FigureOptions } from '../figure.ts';
import { type Done, type Job, parseReply } from './job.ts';

export interface Client {
  /** Has the client process do a job, and gives its timings. Rejects when a call of it failed. One job at a time. */
  run(job: Job): Promise<Done>;
}

export class ClientError extends BenchError {
  override readonly name = 'ClientError';
}

/** Starts a client in a process of its own, so that its work is not the loop's. */
export function startClient({ atEnd }: Pick<FigureOptions, 'atEnd'>): Client {
  const child = fork(path.join(import.meta.dirname, 'client.ts'));
  const gone = once(child, 'exit').then(([status]) => {
    throw new ClientError(`the client process ended with ${status}`);
  });
  gone.catch(() => {});
  atEnd(async () => {
    if (child.connected) child.disconnect();
    await gone.catch(() => {});
  });
  return {
    async run(job) {
      const answered = once(child, 'message');
      child.send(job);
      const [message] = await Promise.race([answered, gone]);
      const reply = parseReply(message);
      if ('failed' in reply) throw new ClientError(reply.failed);
      return reply.done;
    },
  };
}
