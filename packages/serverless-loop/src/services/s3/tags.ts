import { list, required, structure, text } from '../../aws/members.ts';
import { invalidArgument, s3Error } from './s3-errors.ts';

export interface Tag {
  Key: string;
  Value: string;
}

export const TAGS = list(structure({ Key: required(text()), Value: required(text()) }, { name: 'Tag' }));

export const TAGGING_HEADER = text({ at: 'header', name: 'x-amz-tagging' });

/** The characters of a key or value (S3 User Guide, "Categorizing your objects using tags"). */
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;
const MAX_TAGS = 10;

/** Throws S3's error for tags that no object may have. */
export function refuseForbiddenTags(tags: readonly Tag[]): void {
  const twice = tags.find(({ Key }, at) => tags.findIndex((other) => other.Key === Key) < at);
  if (twice)
    throw s3Error('InvalidTag', 'Cannot provide multiple Tags with the same key', 400, { TagKey: twice.Key });
  refuseForbidden(tags);
}

/** The tags that an object is put with, `x-amz-tagging: key=value&…`. */
export function taggingHeader(header: string | undefined): Tag[] {
  if (header === undefined) return [];
  const tags = [...new URLSearchParams(header)].map(([Key, Value]) => ({ Key, Value }));
  const isRight = tags.every(({ Key, Value }) => ALLOWED.test(Key) && ALLOWED.test(Value));
  if (!isRight || new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    throw invalidArgument(
      'x-amz-tagging',
      header,
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
    );
  }
  refuseForbidden(tags);
  return tags;
}

function refuseForbidden(tags: readonly Tag[]): void {
  if (tags.length > MAX_TAGS) throw s3Error('BadRequest', `Object tags cannot be greater than ${MAX_TAGS}`);
  for (const { Key, Value } of tags) {
    if (Key === '' || Key.length > MAX_KEY_LENGTH || !ALLOWED.test(Key))
      throw s3Error('InvalidTag', 'The TagKey you have provided is invalid', 400, { TagKey: Key });
    if (Value.length > MAX_VALUE_LENGTH || !ALLOWED.test(Value)) {
      throw s3Error('InvalidTag', 'The TagValue you have provided is invalid', 400, {
        TagKey: Key,
        TagValue: Value,
      });
    }
    if (/^aws:/i.test(Key))
      throw s3Error('InvalidTag', 'Your TagKey cannot be prefixed with aws:', 400, { TagKey: Key });
  }
}
