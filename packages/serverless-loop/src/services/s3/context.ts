import type { Place } from '../../aws/arn.ts';
import type { RestXmlAnswer } from '../../aws/rest-xml-service.ts';
import { type Element, renderDocument } from '../../aws/xml.ts';
import type { BlobFolder } from './blob-folder.ts';
import type { Buckets } from './buckets.ts';

/** What every operation works on. */
export interface Context {
  place: Place;
  buckets: Buckets;
  /** Made when the first byte is to be kept. */
  blobs(): BlobFolder;
  /** Epoch milliseconds. */
  now(): number;
}

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

export function xmlAnswer(root: string, content: string | readonly Element[]): RestXmlAnswer {
  return { status: 200, body: renderDocument(root, NAMESPACE, content) };
}
