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
  /** Reads what a browser's form asks for; undefined for a request that is none. Throws AwsError for a form that can't be. */
  form?(request: RestXmlRequest): Promise<SignedForm | undefined>;
  /** Absent: pages of other origins are let in nowhere. */
  crossOrigin?: CrossOrigin;
}

/** A form says in its own fields who signed it. */
export interface SignedForm {
  /** As a request's signature names them. */
  credentials?: { accessKeyId: string; service: string };
  operation: RestXmlOperation;
}

/** Tells browsers, and the gateway, what pages of other origins may do. */
export interface CrossOrigin {
  /** True when a request names something of the service's. */
  has(request: Pick<RestXmlRequest, 'path'>): boolean;
  /** Answers the request by which a browser asks before another. Throws AwsError for what it may not do. */
  preflight(request: Omit<RestXmlRequest, 'body'>): RestXmlAnswer;
  /** By which a browser lets the page have the answer; undefined where no rule names the request. */
  headersFor(request: Omit<RestXmlRequest, 'body'>): Record<string, string> | undefined;
  /** True when a rule lets in the page that a request comes from. */
  letsIn(request: Omit<RestXmlRequest, 'body'>): boolean;
}

/** A service that only tools and few functions call: its code is loaded at the first call. */
export interface LazyRestXmlService {
  title: string;
  signingName: string;
  load(): Promise<RestXmlService>;
}
