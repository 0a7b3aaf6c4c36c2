import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { HasDomain } from '../aws/api-address.ts';
import type {
  Call,
  Caller,
  JsonService,
  LazyJsonService,
  LazyRestService,
  Need,
  RestOperation,
} from '../aws/operation.ts';
import type { LazyQueryService, QueryService } from '../aws/query-service.ts';
import type { LazyRestXmlService } from '../aws/rest-xml-service.ts';
import type { Report } from '../facts.ts';
import type { Answer } from './answer.ts';
import type { ApiCall } from './api-call.ts';

/** The services and pages behind the gateway. */
export interface Routes {
  json: (JsonService | LazyJsonService)[];
  rest: RestOperation[];
  /** Services of the restJson protocol that are told by the signature and loaded when they are called. */
  lazyRest?: LazyRestService[];
  /** Services of the restXml protocol, which take a request's body as it comes. */
  restXml?: LazyRestXmlService[];
  /** Services of the query protocol. */
  query?: (QueryService | LazyQueryService)[];
  /** Takes a request without a signature as the developer's own. It is refused otherwise, as by AWS. */
  acceptsUnsigned?: boolean;
  /**
   * Throws AwsError when the caller may not, and InterruptedCall where somebody wants the call disturbed. `service` is the short
   * name in the signature, e.g. `dynamodb`; the operation may have its service before a dot.
   */
  authorize(call: Call, needs: Need[], service: string, operation: string): void;
  /** False where no call is to be disturbed. */
  mayDisturb?: () => boolean;
  identify(accessKeyId: string | undefined): Caller;
  /** The loop's own pages, outside AWS's protocols: under /_loop/, and `/` for a person's browser. `path` has no query. */
  pages?: (request: PageRequest) => Page | Promise<Page | undefined> | undefined;
  /** APIs and functions' URLs, each at an address of its own. */
  apis?: (call: ApiCall) => Promise<Answer>;
  /** The custom domains of APIs, of which each is an address, too; undefined while there are none. */
  domains?: () => HasDomain | undefined;
  report: Report;
}

export interface PageRequest {
  method: string;
  path: string;
  query: string;
  headers: IncomingHttpHeaders;
  signal: AbortSignal;
  /** Reads the body, which nobody has read before; rejects when the client goes away meanwhile. */
  read(): Promise<Buffer | 'too large'>;
}

export interface Page {
  status: number;
  contentType: string;
  headers?: Record<string, string>;
  /** Of a stream the headers tell the length. */
  body: string | Readable;
}
