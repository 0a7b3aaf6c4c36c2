import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './answer.ts';
import type { Credentials } from './credentials.ts';

/** A request with its body read, as every protocol takes it. */
export interface Received {
  method: string;
  /** Undecoded, without the query. */
  path: string;
  query: string;
  headers: IncomingHttpHeaders;
  /** The signer, or undefined when nobody signed. */
  credentials: Credentials | undefined;
  body: Buffer | 'too large';
  /** Set when the body is as it came, because it isn't in the encoding that its header says, or nothing here knows that one. */
  isStillEncoded?: boolean;
  /** `http://127.0.0.1:<port>` */
  endpoint: string;
  /** Aborted when the client went away. Made for the first that asks, which few calls do. */
  readonly signal: AbortSignal;
}

/** Answers a request; faults are answers too. */
export type Protocol = (received: Received) => Promise<Answer>;
