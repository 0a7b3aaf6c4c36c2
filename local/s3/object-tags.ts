import type { RestXmlAnswer, RestXmlRequest } from '../aws/rest-xml-service.ts';
import { malformedXml, readXml } from '../aws/xml-reader.ts';
import { type Context, xmlAnswer } from './context.ts';
import { objectOf } from './object-operations.ts';
import { readText } from './small-body.ts';

export async function putTags(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  { buckets }: Context,
): Promise<RestXmlAnswer> {
  const text = await readText(request);
  if (readXml(text).name !== 'Tagging') throw malformedXml();
  objectOf(buckets.get(bucketName), key).tagging = text;
  return { status: 200 };
}

export function getTags(bucketName: string, key: string, { buckets }: Context): RestXmlAnswer {
  const { tagging } = objectOf(buckets.get(bucketName), key);
  return tagging === undefined ? xmlAnswer('Tagging', [['TagSet', []]]) : { status: 200, body: tagging };
}

export function deleteTags(bucketName: string, key: string, { buckets }: Context): RestXmlAnswer {
  delete objectOf(buckets.get(bucketName), key).tagging;
  return { status: 204 };
}
