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
  /** A fault has been done to it already. */
  isDisturbed?: boolean;
  /** `http://127.0.0.1:<port>` */
  endpoint: string;
  /** Aborted when the client went away. Made for the first that asks, which few calls do. */
  readonly signal: AbortSignal;
}

/** Answers a request; faults are answers too. */
export type Protocol = (received: Received) => Eventual<Answer>;

/** Calls the listener when the client goes away. */
export type OnGone = (listener: () => void) => void;

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
  isDisturbed = false;
  readonly #onGone: OnGone;
  #signal: AbortSignal | undefined;

  constructor(
    request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
    onGone: OnGone,
    endpoint: string,
  ) {
    const { method = '', url = '/', headers } = request;
    const mark = url.indexOf('?');
    this.method = method;
    this.path = mark < 0 ? url : url.slice(0, mark);
    this.query = mark < 0 ? '' : url.slice(mark + 1);
    this.headers = headers;
    this.credentials = credentialsOf({ headers, query: this.query });
    this.endpoint = endpoint;
    this.#onGone = onGone;
  }

  get signal(): AbortSignal {
    this.#signal ??= goneSignal(this.#onGone);
    return this.#signal;
  }
}

function goneSignal(onGone: OnGone): AbortSignal {
  const gone = new AbortController();
  onGone(() => gone.abort());
  return gone.signal;
}

/** Tells of a client that went away before it had its whole answer. */
export function leaving(response: ServerResponse): OnGone {
  return (listener) => {
    const close = () => {
      if (!response.writableFinished) listener();
    };
    if (response.destroyed) close();
    else response.once('close', close);
  };
}
