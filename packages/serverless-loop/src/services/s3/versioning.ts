import { childText, malformedXml, readXml } from '../../aws/xml-reader.ts';
import type { Bucket } from './buckets.ts';
import { s3Error } from './s3-errors.ts';

/** The state that PutBucketVersioning's document asks for. Throws S3's error (LocalStack's record, test_s3_api.snapshot.json, test_bucket_versioning_crud). */
export function readVersioning(document: string): NonNullable<Bucket['versioning']> {
  const status = childText(readXml(document), 'Status');
  if (status === undefined)
    throw s3Error('IllegalVersioningConfigurationException', 'The Versioning element must be specified');
  if (status !== 'Enabled' && status !== 'Suspended') throw malformedXml();
  return status;
}

/** The same as a document, for a bucket that a template makes. */
export function versioningDocument(status: NonNullable<Bucket['versioning']>): string {
  return `<?xml version="1.0" encoding="UTF-8"?><VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>${status}</Status></VersioningConfiguration>`;
}
