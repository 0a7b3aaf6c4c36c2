import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Eventual } from '../aws/eventual.ts';
import type { Answer } from './answer.ts';
import { type Credentials, credentialsOf } from './credentials.ts';

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
export type Protocol = (received: Received) => Eventual<Answer>;

const NO_BODY = Buffer.alloc(0);

/** A request as it comes, its body read later. A class, since an object with a getter of its own takes ten times as long to make. */
export class IncomingRequest implements Received {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly credentials: Credentials | undefined;
  readonly endpoint: string;
  body: Buffer | 'too large' = NO_BODY;
  isStillEncoded = false;
  readonly #response: ServerResponse;
  #signal: AbortSignal | undefined;

  constructor(request: IncomingMessage, response: ServerResponse, endpoint: string) {
    const { method = '', url = '/', headers } = request;
    const mark = url.indexOf('?');
    this.method = method;
    this.path = mark < 0 ? url : url.slice(0, mark);
    this.query = mark < 0 ? '' : url.slice(mark + 1);
    this.headers = headers;
    this.credentials = credentialsOf({ headers, query: this.query });
    this.endpoint = endpoint;
    this.#response = response;
  }

  get signal(): AbortSignal {
    this.#signal ??= goneSignal(this.#response);
    return this.#signal;
  }
}

function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  const close = () => {
    if (!response.writableFinished) gone.abort();
  };
  if (response.destroyed) close();
  else response.once('close', close);
  return gone.signal;
}
