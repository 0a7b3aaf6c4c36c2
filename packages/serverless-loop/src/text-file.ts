/** Bytes that are no text in an encoding that is taken. */
export class TextError extends Error {
  override readonly name = 'TextError';
}

const BYTE_ORDER_MARKS = [
  { encoding: 'utf-8', mark: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
] as const;

type Encoding = (typeof BYTE_ORDER_MARKS)[number]['encoding'];

/**
 * The text of a file: UTF-8, with a byte-order mark or without, or UTF-16 with one, as PowerShell's `>` and some editors
 * write it. Throws TextError for anything else: read as UTF-8 it would become another text.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = markedEncoding(bytes);
  if (!encoding && bytes.includes(0))
    throw new TextError('expected UTF-8, found bytes of 0, as in UTF-16 without a byte-order mark');
  return decoded(bytes, encoding ?? 'utf-8');
}

/** The same of what AWS's tools read too, which take UTF-8 alone. */
export function decodeUtf8(bytes: Uint8Array): string {
  const encoding = markedEncoding(bytes);
  if (encoding === 'utf-8' || encoding === undefined) return decodeText(bytes);
  throw new TextError(`expected UTF-8, found ${encoding.toUpperCase()} by its byte-order mark`);
}

function markedEncoding(bytes: Uint8Array): Encoding | undefined {
  return BYTE_ORDER_MARKS.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte))?.encoding;
}

/** Without the byte-order mark. */
function decoded(bytes: Uint8Array, encoding: Encoding): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new TextError(`expected ${encoding.toUpperCase()}, found bytes that are none`, { cause });
  }
}
