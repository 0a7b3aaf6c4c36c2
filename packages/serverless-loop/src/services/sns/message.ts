import type { ServiceMessage } from '../../aws/delivery.ts';

export type { MessageAttribute } from '../../aws/delivery.ts';

/** A message as it is published: `body` is for those protocols that have no text of their own. */
export interface Message extends ServiceMessage {
  /** By protocol, e.g. `sqs` or `email`. */
  bodies?: Readonly<Record<string, string>>;
  /** Of a FIFO topic. */
  sequenceNumber?: string;
}

/** The text for a protocol. */
export function bodyFor({ body, bodies }: Message, protocol: string): string {
  return bodies && Object.hasOwn(bodies, protocol) ? (bodies[protocol] ?? body) : body;
}
