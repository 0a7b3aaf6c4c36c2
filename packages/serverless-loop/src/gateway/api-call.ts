/** A request to an API at its own address, in no protocol of AWS's. */
export interface ApiCall {
  id: string;
  /** The custom domain that it came to, in place of an id. */
  domain?: string;
  method: string;
  /** Undecoded, with the stage; without the query. */
  path: string;
  query: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer;
  /** More than any call may send: the body was not read. */
  isTooLarge: boolean;
  /** The host that the caller named. */
  host: string;
  /** `HTTP/1.1` */
  protocol: string;
  sourceIp: string;
  port: number;
  requestId: string;
  /** Epoch milliseconds. */
  atMs: number;
  signal: AbortSignal;
  /** Of the key that it is signed with. */
  accessKeyId?: string;
}
