import type { RestXmlAnswer, RestXmlRequest } from '../../aws/rest-xml-service.ts';
import { readXml } from '../../aws/xml-reader.ts';
import { type Context, xmlAnswer } from './context.ts';
import { objectOf } from './object-operations.ts';
import { readText } from './small-body.ts';
import { parseTagging, tagElements } from './tags.ts';

export async function putTags(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  { buckets }: Context,
): Promise<RestXmlAnswer> {
  const tags = parseTagging(readXml(await readText(request)));
  objectOf(buckets.get(bucketName), key).tags = tags;
  return { status: 200 };
}

export function getTags(bucketName: string, key: string, { buckets }: Context): RestXmlAnswer {
  const { tags } = objectOf(buckets.get(bucketName), key);
  return xmlAnswer('Tagging', [['TagSet', tagElements(tags)]]);
}

export function deleteTags(bucketName: string, key: string, { buckets }: Context): RestXmlAnswer {
  objectOf(buckets.get(bucketName), key).tags = [];
  return { status: 204 };
}
