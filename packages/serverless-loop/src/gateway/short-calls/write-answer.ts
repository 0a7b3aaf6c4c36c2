import type { Socket } from 'node:net';
import { STATUS_CODES } from '../../http.ts';
import type { WholeAnswer } from '../answer.ts';

/** The characters that a field's value may have (RFC 9110, 5.5). */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Writes an answer at once, with the fields that Node's server gives to all of its own. */
export function writeAnswer(socket: Socket, { status, headers, body }: WholeAnswer): void {
  const sizeBytes = Buffer.byteLength(body);
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Length: ${sizeBytes}\r\n`;
  for (const name in headers) {
    const value = String(headers[name]);
    if (!FIELD_VALUE.test(value)) throw new TypeError(`No field ${name} can have the value "${value}"`);
    head += `${name}: ${value}\r\n`;
  }
  head += `Date: ${dateNow()}\r\nConnection: keep-alive\r\n\r\n`;
  if (typeof body !== 'string') socket.write(Buffer.concat([Buffer.from(head, 'latin1'), body]));
  // Text of ASCII alone is the same in both encodings, and Node writes this one without looking at each character.
  else socket.write(head + body, body.length === sizeBytes ? 'latin1' : 'utf8');
}

let date = { second: 0, text: '' };

function dateNow(): string {
  const nowMs = Date.now();
  const second = Math.floor(nowMs / 1000);
  if (second !== date.second) date = { second, text: new Date(nowMs).toUTCString() };
  return date.text;
}
