import type { RestXmlAnswer, RestXmlRequest } from '../../aws/rest-xml-service.ts';
import type { Element } from '../../aws/xml.ts';
import { childrenOf, childText, malformedXml } from '../../aws/xml-reader.ts';
import { type Context, xmlAnswer } from './context.ts';
import { deleteObject } from './object-operations.ts';
import { readDocument } from './small-body.ts';

/** In one call at most (S3 API reference, "DeleteObjects"). */
const MOST_DELETED = 1000;

export async function deleteObjects(
  request: RestXmlRequest,
  bucketName: string,
  context: Context,
): Promise<RestXmlAnswer> {
  context.buckets.get(bucketName);
  const document = await readDocument(request, 'Delete');
  const keys = childrenOf(document, 'Object').map((object) => childText(object, 'Key'));
  if (keys.length === 0 || keys.length > MOST_DELETED) throw malformedXml();
  const deleted: Element[] = [];
  for (const key of keys) {
    if (key === undefined || key === '') throw malformedXml();
    await deleteObject(bucketName, key, context);
    deleted.push(['Deleted', [['Key', key]]]);
  }
  return xmlAnswer('DeleteResult', childText(document, 'Quiet') === 'true' ? [] : deleted);
}
