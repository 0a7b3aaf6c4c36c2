import type { RestXmlRequest } from '../../aws/rest-xml-service.ts';
import type { Element } from '../../aws/xml.ts';
import { childrenOf, childText, malformedXml, type XmlElement } from '../../aws/xml-reader.ts';
import { headerOf } from './header.ts';
import { invalidArgument, s3Error } from './s3-errors.ts';

export interface Tag {
  key: string;
  value: string;
}

/** What a key or value is made of (S3 User Guide, "Categorizing your objects using tags"). */
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;
const MOST_TAGS = 10;

/** The tags of an object in a Tagging document. Throws S3's error for those that no object may have. */
export function parseTagging(document: XmlElement): Tag[] {
  const [set] = childrenOf(document, 'TagSet');
  if (document.name !== 'Tagging' || !set) throw malformedXml();
  const tags = childrenOf(set, 'Tag').map((tag) => {
    const key = childText(tag, 'Key');
    const value = childText(tag, 'Value');
    if (key === undefined || value === undefined) throw malformedXml();
    return { key, value };
  });
  if (new Set(tags.map(({ key }) => key)).size < tags.length) {
    const twice = tags.find(({ key }, at) => tags.findIndex((other) => other.key === key) < at);
    throw s3Error('InvalidTag', 'Cannot provide multiple Tags with the same key', 400, {
      TagKey: twice?.key ?? '',
    });
  }
  refuseForbidden(tags);
  return tags;
}

/** The tags that an object is put with, `x-amz-tagging: key=value&…`. */
export function taggingHeader(request: RestXmlRequest): Tag[] {
  const text = headerOf(request, 'x-amz-tagging');
  if (text === undefined) return [];
  const tags = [...new URLSearchParams(text)].map(([key, value]) => ({ key, value }));
  const isRight = tags.every(({ key, value }) => ALLOWED.test(key) && ALLOWED.test(value));
  if (!isRight || new Set(tags.map(({ key }) => key)).size < tags.length) {
    throw invalidArgument(
      'x-amz-tagging',
      text,
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
    );
  }
  refuseForbidden(tags);
  return tags;
}

export function tagElements(tags: readonly Tag[]): Element[] {
  return tags.map(({ key, value }) => [
    'Tag',
    [
      ['Key', key],
      ['Value', value],
    ],
  ]);
}

/** How many an object has, which it is told with if it has any. */
export function tagCountHeader(tags: readonly Tag[]): Record<string, string> {
  return tags.length === 0 ? {} : { 'x-amz-tagging-count': String(tags.length) };
}

function refuseForbidden(tags: Tag[]): void {
  if (tags.length > MOST_TAGS) throw s3Error('BadRequest', `Object tags cannot be greater than ${MOST_TAGS}`);
  for (const { key, value } of tags) {
    if (key === '' || key.length > LONGEST_KEY || !ALLOWED.test(key))
      throw s3Error('InvalidTag', 'The TagKey you have provided is invalid', 400, { TagKey: key });
    if (value.length > LONGEST_VALUE || !ALLOWED.test(value)) {
      throw s3Error('InvalidTag', 'The TagValue you have provided is invalid', 400, {
        TagKey: key,
        TagValue: value,
      });
    }
    if (/^aws:/i.test(key))
      throw s3Error('InvalidTag', 'Your TagKey cannot be prefixed with aws:', 400, { TagKey: key });
  }
}
