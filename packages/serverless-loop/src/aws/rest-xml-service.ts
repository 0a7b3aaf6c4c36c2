import type { Readable } from 'node:stream';
import type { Call, Need } from './operation.ts';

export interface RestXmlRequest {
  method: string;
  /** Undecoded. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  /** As it comes from the client: it may be larger than memory. */
  body: Readable;
}

export interface RestXmlAnswer {
  status: number;
  headers?: Record<string, string>;
  /** Text is XML; of a stream the headers tell the length. */
  body?: string | Readable;
}

export interface RestXmlOperation {
  name: string;
  needs: Need[];
  handle(call: Call): RestXmlAnswer | Promise<RestXmlAnswer>;
}

/** A service of the restXml protocol (S3): method, path and query pick the operation. */
export interface RestXmlService {
  /** In the scope of signatures. */
  signingName: string;
  /** The operation that a request asks for, undefined when it is not there. Throws AwsError for what names nothing at all. */
  find(request: RestXmlRequest): RestXmlOperation | undefined;
}

/** A service that only tools and few functions call: its code is loaded at the first call. */
export interface LazyRestXmlService {
  title: string;
  signingName: string;
  load(): Promise<RestXmlService>;
}
