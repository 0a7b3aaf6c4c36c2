/** What is published. */
export interface Message {
  /** What subscribers get that have no text of their own. */
  body: string;
  /** By protocol, e.g. `sqs` or `email`. */
  bodies?: Readonly<Record<string, string>>;
  subject?: string;
  attributes?: Readonly<Record<string, MessageAttribute>>;
  /** Whose message it is, for a subscribed queue that is to be fair. */
  groupId?: string;
  /** The publisher's `X-Amzn-Trace-Id`, which subscribers get. */
  traceHeader?: string;
}

export interface MessageAttribute {
  /** `String`, `Number`, `String.Array` or `Binary`. */
  dataType: string;
  /** Base64 for Binary. */
  value: string;
}

/** The text for a protocol. */
export function bodyFor({ body, bodies }: Message, protocol: string): string {
  return bodies && Object.hasOwn(bodies, protocol) ? (bodies[protocol] ?? body) : body;
}
