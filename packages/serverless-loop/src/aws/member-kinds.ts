/** The kinds of members that an operation's input and output have, each with its limits, as the API's model has them. */

export interface AnyKind {
  /** Absent: the member may be absent. */
  required?: true;
  /** Its name on the wire where that is another: the query protocol's, a header's, a query parameter's. */
  name?: string;
  /** In the REST protocols: where it stands. Absent: in the body. */
  at?: 'path' | 'query' | 'header' | 'headers' | 'status' | 'payload';
  /** Told in no error message: it "MUST NOT be exposed in things like exception messages or log output" (Smithy, "sensitive trait"). */
  sensitive?: true;
  /** The service's own words about a value beyond the limits. */
  reason?: string;
}

/** Least and most: length of a text, blob, list or map; value of a number. */
export interface Limited {
  min?: number;
  max?: number;
}

export interface TextLimits extends AnyKind, Limited {
  /** All of the text must match: an expression's source, as the API's model spells it. */
  pattern?: string;
}

export interface Text<Word extends string = string> extends TextLimits {
  kind: 'text';
  /** The only words that it may be. */
  oneOf?: readonly Word[];
  matcher?: RegExp;
}

/** Of `integer`, `long` and `short`, or of `float` and `double`. */
export interface Numeric extends AnyKind, Limited {
  kind: 'integer' | 'number';
}

export interface Flag extends AnyKind {
  kind: 'boolean';
}

/** Epoch milliseconds for the operation, whatever the protocol writes. */
export interface Timestamp extends AnyKind {
  kind: 'timestamp';
  /** On the wire, where it isn't as usual in the protocol. */
  form?: 'seconds' | 'iso' | 'http';
}

export interface Blob extends AnyKind, Limited {
  kind: 'blob';
}

export interface List<Item extends Kind = Kind> extends AnyKind, Limited {
  kind: 'list';
  item: Item;
  /** In XML and forms: one element an item, none around them. */
  flat?: true;
}

/** Keys are texts. */
export interface Mapping<Value extends Kind = Kind> extends AnyKind, Limited {
  kind: 'map';
  key: Text;
  value: Value;
  flat?: true;
}

export interface Structure<M extends Members = Members> extends AnyKind {
  /** Of a union one member is set. */
  kind: 'structure' | 'union';
  members: M;
  entries: readonly (readonly [name: string, kind: Kind])[];
}

/** Described for forms and XML, and read by the operation itself: one entry of a batch must not spoil the others. */
export interface Unread<Of extends Structure = Structure> extends AnyKind {
  kind: 'unread';
  of: Of;
}

/** A body as it comes and goes, which may be larger than memory. */
export interface Stream extends AnyKind {
  kind: 'stream';
}

/** Any JSON. */
export interface Document extends AnyKind {
  kind: 'document';
}

export type Kind =
  | Text
  | Numeric
  | Flag
  | Timestamp
  | Blob
  | List
  | Mapping
  | Structure
  | Unread
  | Stream
  | Document;

export type Members = Readonly<Record<string, Kind>>;
