/** A field of a space-delimited log event: what is within brackets or quotation marks is one. */
const FIELD = /\[([^\]]*)\](?=\s|$)|"([^"]*)"(?=\s|$)|(\S+)/g;

export interface Field {
  text: string;
  /** Where it begins in the message. */
  at: number;
}

export function fieldsOf(message: string): Field[] {
  return [...message.matchAll(FIELD)].map((match) => ({
    text: match[1] ?? match[2] ?? match[3] ?? '',
    at: match.index,
  }));
}
