import type { AwsError } from './errors.ts';
import type { DescribedOperation } from './operation.ts';
import type { Element } from './xml.ts';

/** Of the query protocol, known before a service's code is loaded. */
interface QueryEntry {
  /** The name that people know it by, e.g. `EventBridge`. */
  title: string;
  /** In the scope of signatures, e.g. `cloudformation`. */
  signingName: string;
  /** Of the API, e.g. `2010-05-15`; tells the services apart where nobody signed. */
  version: string;
  /** A path by which a form may name the resource that it is about, and the member that the whole URL is. */
  resourcePath?: ResourcePath;
  /** Operations that whoever has their address may call: the links in messages. They tell by the caller who may do what. */
  unsignedActions?: readonly string[];
}

export interface ResourcePath {
  pattern: RegExp;
  member: string;
}

/**
 * A service of the awsQuery protocol: a form in, XML out (Smithy, "AWS query protocol"). Its operations take and give
 * plain objects, as those of the JSON protocols do.
 */
export interface QueryService extends QueryEntry {
  /** XML namespace of the answers. */
  namespace: string;
  operations: Record<string, DescribedOperation>;
  /** The error as clients of this protocol know it, and elements that stand beside its code. Absent: as it is. */
  error?(error: AwsError): { code: string; message: string; more: Element[] };
}

/** A service that only tools call: its code is loaded at the first call. */
export interface LazyQueryService extends QueryEntry {
  load(): Promise<QueryService>;
}
