import type { Dialect } from './dialect.ts';
import type { AwsError } from './errors.ts';
import type { JsonObject } from './json-object.ts';
import type { Members, Structure } from './member-kinds.ts';
import type { Read, Shaped, Written } from './member-values.ts';
import type { Call, JsonService, Need } from './operation.ts';
import type { QueryService } from './query-service.ts';

/** A service as data: its names, its words of refusal, its protocols and its table of operations. */
export interface ServiceDescription<Context> {
  /** The name that people know it by, e.g. `EventBridge`. */
  title: string;
  /** In the scope of signatures, e.g. `sqs`. */
  signingName: string;
  /** Of its IAM actions, where that isn't the same. */
  iamPrefix?: string;
  dialect: Dialect;
  /** Its operations take JSON as it came, and read and refuse it themselves; they answer with JSON as it goes. */
  speaksForItself?: true;
  /** For the awsJson protocols and CBOR. */
  json?: Omit<JsonService, 'operations' | 'signingName' | 'title'>;
  /** For the query protocol. */
  query?: Omit<QueryService, 'operations' | 'signingName' | 'title'>;
  /** For the REST protocols. */
  rest?: RestDescription;
  operations: Readonly<Record<string, Operation<Context>>>;
}

export interface RestDescription {
  /** Members of an error's body beside its message. */
  errorMembers?(error: AwsError): JsonObject;
  /** XML namespace of the answers. */
  namespace?: string;
  /** Query parameters that make another operation of a request: one that an operation doesn't know isn't its own. */
  subresources?: ReadonlySet<string>;
  /** The error for a body that is no JSON object. Absent: the framework's. */
  malformedBody?(reason: string): AwsError;
}

/** An entry of a service's table. */
export interface OperationDescription<Input extends Members, Output extends Members, Context> {
  input: Input;
  /** Absent: it answers with nothing but that it is done. */
  output?: Output;
  /** In the REST protocols: method and path as the API's model has them, e.g. `GET /boxes/{BoxName}`. */
  route?: string;
  /** In lower case: tells it from another operation on its route. */
  header?: string;
  /** The status of a REST answer. Absent: 200. */
  status?: number;
  /** Of an answer in XML. Absent: the operation's name and `Result`. */
  root?: string;
  /** IAM's action, where that isn't the operation's name. */
  action?: string;
  /** The resources that the caller must have the right to that action on, and rights to other actions. */
  needs(input: Shaped<Input>, context: Context): readonly (string | Need)[];
  /** Throws AwsError for what the description can't refuse. */
  handle(input: Read<Input>, context: Context, call: Call): Written<Output> | Promise<Written<Output>>;
}

/** An entry whose own types are checked. */
export interface Operation<Context> {
  input: Structure;
  output?: Structure;
  route?: string;
  header?: string;
  status?: number;
  root?: string;
  action?: string;
  needs(input: JsonObject, context: Context): readonly (string | Need)[];
  handle(input: JsonObject, context: Context, call: Call): JsonObject | Promise<JsonObject>;
}
