import type { AwsError } from './errors.ts';
import type { JsonObject, JsonOperation } from './operation.ts';
import type { Element } from './xml.ts';

/**
 * A service of the awsQuery protocol: a form in, XML out (Smithy, "AWS query protocol"). Its operations take and give
 * plain objects, as those of the JSON protocols do, with three differences: every value of a form is text; a Date in an
 * answer is written as a time stamp, and a Map as the protocol's entries.
 */
export interface QueryService {
  /** In the scope of signatures, e.g. `cloudformation`. */
  signingName: string;
  /** Of the API, e.g. `2010-05-15`; tells the services apart where nobody signed. */
  version: string;
  /** XML namespace of the answers. */
  namespace: string;
  operations: Record<string, JsonOperation>;
  /** How the service departs from the protocol's usual shapes. */
  dialect?: QueryDialect;
}

/** A service that only tools call: its code is loaded at the first call. */
export interface LazyQueryService {
  signingName: string;
  version: string;
  load(): Promise<QueryService>;
}

export interface QueryDialect {
  /** The operation's input from the form taken apart at its dots. */
  input(operation: string, form: JsonObject): JsonObject;
  /** What stands in `<OperationResult>`; undefined for an operation that answers with metadata alone. */
  result(operation: string, output: JsonObject): Element[] | undefined;
  /** The error as clients of this protocol know it, and elements that stand beside its code. */
  error(error: AwsError): { code: string; message: string; more: Element[] };
}
