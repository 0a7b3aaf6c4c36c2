import type { RestXmlRequest } from '../../aws/rest-xml-service.ts';
import { malformedXml, readXml, type XmlElement } from '../../aws/xml-reader.ts';
import { s3Error } from './s3-errors.ts';

/** More than a thousand keys of the longest kind, as one DeleteObjects may name. */
const LARGEST_BYTES = 4 * 1024 * 1024;

/** The whole of a body that only tells something. */
export async function readText({ body }: RestXmlRequest): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  const arriving: AsyncIterable<Buffer> = body.iterator({ destroyOnReturn: false });
  for await (const chunk of arriving) {
    sizeBytes += chunk.length;
    if (sizeBytes > LARGEST_BYTES) throw s3Error('MaxMessageLengthExceeded', 'Your request was too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** A document whose root has this name. */
export async function readDocument(request: RestXmlRequest, root: string): Promise<XmlElement> {
  const document = readXml(await readText(request));
  if (document.name !== root) throw malformedXml();
  return document;
}
