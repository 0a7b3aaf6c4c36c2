import type { IncomingHttpHeaders } from 'node:http';

/** A call to a service, as its client sent it. */
export interface ShortCall {
  /** By their names in lower case, as Node has them. */
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const BEGINNING = 'POST / HTTP/1.1\r\n';
const HEAD_END = '\r\n\r\n';
/** As much as Node reads of a head. */
const MAX_HEAD_BYTES = 16 * 1024;

/** Lines of a name and a value of plain ASCII (RFC 9112, 5), none folded, with no blank before the colon. */
const PLAIN_FIELDS = /^(?:[!#$%&'*+.^`|~\w-]+:[ -~]*\r\n)+$/;

/** Each of these says more of the connection or the body than a length does. */
const FRAMING = new Set(['transfer-encoding', 'trailer', 'te', 'upgrade', 'expect', 'http2-settings']);

/**
 * Reads bytes that are exactly one call of an AWS JSON protocol, in the plainest form that HTTP has for it: undefined for
 * everything else, valid or not, of which Node's own parser is the judge.
 */
export function readShortCall(bytes: Buffer): ShortCall | undefined {
  if (bytes.toString('latin1', 0, BEGINNING.length) !== BEGINNING) return undefined;
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < BEGINNING.length || headEnd > MAX_HEAD_BYTES) return undefined;
  const headers = readFields(bytes.toString('latin1', BEGINNING.length, headEnd + 2));
  if (!headers || headers['x-amz-target'] === undefined) return undefined;
  const length = headers['content-length'];
  if (length === undefined || !/^\d{1,8}$/.test(length)) return undefined;
  const bodyStart = headEnd + HEAD_END.length;
  if (bytes.length !== bodyStart + Number(length)) return undefined;
  return { headers, body: bytes.subarray(bodyStart) };
}

function readFields(text: string): IncomingHttpHeaders | undefined {
  if (!PLAIN_FIELDS.test(text)) return undefined;
  const headers: IncomingHttpHeaders = {};
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\r\n', from);
    const colon = text.indexOf(':', from);
    const name = text.slice(from, colon).toLowerCase();
    const value = text.slice(colon + 1, end).trim();
    // Two of one name are joined by rules that depend on the name.
    if (headers[name] !== undefined || FRAMING.has(name)) return undefined;
    if (name === 'connection' && value.toLowerCase() !== 'keep-alive') return undefined;
    headers[name] = value;
    from = end + 2;
  }
  return headers;
}
