import type { Readable } from 'node:stream';
import type { AwsError } from './errors.ts';
import type { JsonObject } from './json-object.ts';
import type { Structure } from './member-kinds.ts';
import type { Problem } from './member-problem.ts';
import type { Statement } from './statement.ts';

/** The caller: the function's role that the access key stands for, or the person at the keyboard, who may do all. */
export interface Caller {
  accessKeyId?: string;
  /** Set when the access key was handed to a function by the loop. */
  roleArn?: string;
}

/** Facts about the call that every operation gets besides its input. */
export interface Call {
  caller: Caller;
  requestId: string;
  /** The `X-Amzn-Trace-Id` header as it came. */
  traceHeader?: string;
  /** The resource in whose work a service of AWS makes it, such as an execution; the role is the caller's. */
  sourceArn?: string;
  /** `http://127.0.0.1:<port>`: what URLs in answers start with. */
  endpoint: string;
  /** Aborted when the client went away. */
  signal: AbortSignal;
  /** A fault has been done to it already. */
  isDisturbed?: boolean;
}

/** One right that a call needs: IAM action and resource ARN. */
export interface Need {
  action: string;
  resource: string;
  /** Of the resource itself, where it has one that counts beside those of the caller's role. */
  policy?: readonly Statement[];
  /** Condition keys of the call's own, such as `states:HTTPMethod`. */
  context?: Readonly<Record<string, string>>;
}

/** An operation as its service describes it (service.ts): what it reads and answers, and its steps in their order. */
export interface DescribedOperation {
  input: Structure;
  /** Absent: it answers with nothing but that it is done, or its service speaks for itself. */
  output?: Structure;
  /** By its model, whoever speaks. */
  hasNoOutput?: true;
  /** Takes the parsed body, unchecked, and doesn't throw. */
  read(given: JsonObject): Reading;
  /** The rights that a function's role must have. Doesn't throw, whatever was read. */
  needs(reading: Reading): Need[];
  /** Refuses by AwsError what doesn't keep to the description, and acts on the rest. */
  answer(reading: Reading, call: Call): JsonObject | Promise<JsonObject>;
}

/** An input that was read: its values, and what is wrong with it. */
export interface Reading {
  given: JsonObject;
  input: JsonObject;
  problems: Problem[];
}

/** A service of the awsJson protocols: `X-Amz-Target: <targetPrefix>.<operation>`. */
export interface JsonService {
  /** The name that people know it by, e.g. `EventBridge`. */
  title: string;
  /** E.g. `DynamoDB_20120810`. */
  targetPrefix: string;
  /** In the scope of signatures, e.g. `dynamodb`; a request that is signed for another service is refused. */
  signingName: string;
  jsonVersion: '1.0' | '1.1';
  /** Before the `#` of `__type` in errors, or undefined for none. */
  errorNamespace?: string;
  /** Absent: a UUID in lower case. */
  newRequestId?: () => string;
  /** The code of an error that is nobody's fault but the service's. Absent: the common one. */
  internalCode?: string;
  /** Answers carry their CRC32, which clients may check: of the bytes that go, compressed or not. */
  hasChecksum?: true;
  /** Of every answer. */
  headers?: Record<string, string>;
  /** Large answers are compressed for a client that accepts it. */
  compressesAnswers?: true;
  /** An operation whose model has no output answers with no body at all. Absent: with `{}`. */
  isEmptyWithoutOutput?: true;
  /** A body that isn't in the encoding that its header says is the service's failure. Absent: it is read as it came. */
  failsOnEncoding?: true;
  /** Its own errors have their message under `Message`, those of the framework under `message`. */
  hasCapitalMessage?: true;
  /** A body that is no JSON is refused without a word. */
  tellsNoSyntax?: true;
  /** Its operations are called in CBOR too. */
  speaksCbor?: true;
  /** Keys that one JSON object in a request may have. Absent: those of REQUEST_LIMITS. */
  mostKeys?: number;
  operations: Record<string, DescribedOperation>;
}

/** A service that only tools call: its code is loaded at the first call, so that a loop nobody asks starts as fast. */
export interface LazyJsonService {
  title: string;
  targetPrefix: string;
  /** In the scope of signatures, e.g. `kinesis`. */
  signingName: string;
  /** Operations that answer with a stream of events. */
  streamed?: readonly string[];
  /** Called at each call; what it imports is loaded once. */
  load(): Promise<JsonService>;
}

export interface RestRequest {
  /** Decoded path parameters, by the names in `path`. */
  params: Record<string, string>;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

export interface RestAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer | Readable;
}

/** An operation of the restJson protocol (Lambda): method and path pick it. */
export interface RestOperation {
  name: string;
  /** As of a JsonService, as is the name in signatures. */
  title: string;
  signingName: string;
  method: string;
  /** Matches the undecoded path; named groups become `params`. */
  path: RegExp;
  /** Query parameters that must be there, too, with their values where those count. */
  query?: readonly (readonly [name: string, value: string | undefined])[];
  /** At once where no JSON is to be read: calls of functions are many, and their payloads bytes. */
  read(request: RestRequest): Reading | Promise<Reading>;
  needs(reading: Reading): Need[];
  answer(reading: Reading, call: Call): RestAnswer | Promise<RestAnswer>;
  /** Members of an error's body beside its message. */
  errorMembers?(error: AwsError): JsonObject;
  /** The operation itself, for those who call it by its name. Absent: nobody can. */
  described?: DescribedOperation;
}

/** A service of the restJson protocol that only tools call: its code is loaded at the first call signed for it. */
export interface LazyRestService {
  title: string;
  /** In the scope of signatures, e.g. `xray`. */
  signingName: string;
  /** Called at each call; what it imports is loaded once. */
  load(): Promise<RestOperation[]>;
}
