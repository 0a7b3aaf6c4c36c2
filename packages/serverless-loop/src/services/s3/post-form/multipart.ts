import type { Readable } from 'node:stream';
import { s3Error } from '../s3-errors.ts';

export interface PostedForm {
  /** Those before the file, by their names in small letters; of one that comes twice the last. */
  fields: ReadonlyMap<string, string>;
  /** Absent where no field has the name `file`. */
  file?: PostedFile;
}

export interface PostedFile {
  /** As the browser tells it; absent where the field is a text. */
  name?: string;
  /** Absent where the browser tells none. */
  type?: string;
  bytes: AsyncGenerator<Buffer>;
}

/** S3 API reference, "POST Object": "The form data and boundaries (excluding the contents of the file) cannot exceed 20KB". */
const MAX_FIELD_BYTES = 20 * 1024;

/** Takes a body of multipart/form-data (RFC 7578) apart, and leaves the file's bytes to be read; what is behind them counts for nothing. */
export async function readForm(body: Readable, contentType: string): Promise<PostedForm> {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw malformed();
  const arriving: AsyncIterable<Buffer> = body.iterator({ destroyOnReturn: false });
  const source = new Source(arriving[Symbol.asyncIterator]());
  const fields = new Map<string, string>();
  await source.until(`--${boundary}`);
  const delimiter = `\r\n--${boundary}`;
  while ((await source.until('\r\n')).length === 0) {
    const { name, fileName, type } = partHead((await source.until('\r\n\r\n')).toString());
    if (name === 'file') {
      const bytes = source.piecesUntil(Buffer.from(delimiter));
      const told = { ...(fileName !== undefined && { name: fileName }), ...(type !== undefined && { type }) };
      return { fields, file: { ...told, bytes } };
    }
    fields.set(name, (await source.until(delimiter)).toString());
  }
  return { fields };
}

function partHead(lines: string): { name: string; fileName?: string; type?: string } {
  const disposition = /^content-disposition:\s*form-data;(.*)$/im.exec(lines)?.[1] ?? '';
  const name = /(?:^|;)\s*name="((?:[^"\\]|\\.)*)"/.exec(disposition)?.[1];
  if (name === undefined) throw malformed();
  const fileName = /;\s*filename="((?:[^"\\]|\\.)*)"/.exec(disposition)?.[1];
  const type = /^content-type:\s*(.+?)\s*$/im.exec(lines)?.[1];
  return {
    name: unescaped(name).toLowerCase(),
    // Some browsers tell the file's whole path.
    ...(fileName !== undefined && { fileName: unescaped(fileName).replace(/^.*[\\/]/s, '') }),
    ...(type !== undefined && { type }),
  };
}

/** As browsers write what would end the name (HTML, "Multipart form data"). */
function unescaped(text: string): string {
  return text.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
}

/** Bytes that come, cut at texts that stand between them. */
class Source {
  readonly #arriving: AsyncIterator<Buffer>;
  #pending: Buffer = Buffer.alloc(0);
  #fieldBytes = 0;

  constructor(arriving: AsyncIterator<Buffer>) {
    this.#arriving = arriving;
  }

  /** All before the text, which is gone with it. */
  async until(text: string): Promise<Buffer> {
    let at = this.#pending.indexOf(text);
    while (at < 0) {
      if (this.#fieldBytes + this.#pending.length > MAX_FIELD_BYTES) throw fieldsTooLarge();
      if (!(await this.#more())) throw malformed();
      at = this.#pending.indexOf(text);
    }
    const before = this.#pending.subarray(0, at);
    this.#pending = this.#pending.subarray(at + text.length);
    this.#fieldBytes += at + text.length;
    if (this.#fieldBytes > MAX_FIELD_BYTES) throw fieldsTooLarge();
    return before;
  }

  /** The same piece by piece, as they come. */
  async *piecesUntil(text: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.#pending.indexOf(text);
      const isOver = at >= 0;
      const piece = this.#pending.subarray(0, isOver ? at : Math.max(0, this.#pending.length - text.length));
      this.#pending = this.#pending.subarray(piece.length);
      if (piece.length > 0) yield piece;
      if (isOver) return;
      if (!(await this.#more())) throw malformed();
    }
  }

  async #more(): Promise<boolean> {
    const next = await this.#arriving.next();
    if (next.done) return false;
    this.#pending = this.#pending.length === 0 ? next.value : Buffer.concat([this.#pending, next.value]);
    return true;
  }
}

function malformed() {
  return s3Error(
    'MalformedPOSTRequest',
    'The body of your POST request is not well-formed multipart/form-data.',
  );
}

function fieldsTooLarge() {
  return s3Error(
    'MaxPostPreDataLengthExceeded',
    'Your POST request fields preceding the upload file was too large.',
    400,
    { MaxPostPreDataLengthBytes: MAX_FIELD_BYTES },
  );
}
