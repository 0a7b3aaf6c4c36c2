export interface Field {
  text: string;
  /** The index in the message at which it begins. */
  at: number;
}

/** So many, and others are served. */
const FIELDS_BETWEEN_LOOKS = 500;

const SPACE = /\s/;
const WORD = /\s*(\S+)/y;
/** The characters that enclose a field of several words: the one that opens it, and the one that closes it. */
const ENCLOSING = new Map([
  ['[', ']'],
  ['"', '"'],
]);

/** The fields of a space-delimited log event: what is within brackets or quotation marks is one. */
export function* fieldsOf(message: string): Generator<undefined, Field[]> {
  const closingAfter = finder(message);
  const fields: Field[] = [];
  for (let from = 0; ; ) {
    if (fields.length % FIELDS_BETWEEN_LOOKS === 0) yield;
    WORD.lastIndex = from;
    const word = WORD.exec(message)?.[1];
    if (word === undefined) return fields;
    const at = WORD.lastIndex - word.length;
    const closing = ENCLOSING.get(message.charAt(at));
    const end = closing === undefined ? -1 : closingAfter(closing, at);
    // A bracket is a field's end where a space follows only; else the word stands for itself.
    const isEnclosed = end >= 0 && (end + 1 === message.length || SPACE.test(message.charAt(end + 1)));
    fields.push({ text: isEnclosed ? message.slice(at + 1, end) : word, at });
    from = isEnclosed ? end + 1 : at + word.length;
  }
}

/** Finds the next of a character, and looks once at each place however often it is asked from before the same one. */
function finder(message: string): (character: string, after: number) => number {
  const known = new Map<string, number>();
  return (character, after) => {
    const before = known.get(character) ?? 0;
    // -1 stands for none at all.
    if (before < 0 || before > after) return before;
    const found = message.indexOf(character, after + 1);
    known.set(character, found);
    return found;
  };
}
