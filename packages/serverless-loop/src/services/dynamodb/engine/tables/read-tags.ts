import { validationError } from '../dynamodb-error.ts';
import type { Members } from '../requests/members.ts';
import type { Tag } from './table-settings.ts';

/** DynamoDB guide, "Tagging restrictions". */
const MAX_TAGS = 50;
const ALLOWED = /^[\p{L}\p{Z}\p{N}+\-=._:/@]*$/u;

export function readTags(members: Members): Tag[] | undefined {
  return members.structures('Tags', { className: 'Tag' }, (tag) => ({
    Key: tag.requiredText('Key', { minLength: 1, maxLength: 128 }),
    Value: readValue(tag),
  }));
}

/** An empty value is one. */
function readValue(tag: Members): string {
  tag.require('Value');
  return tag.text('Value', { maxLength: 256 }) ?? '';
}

export function checkTags(tags: readonly Tag[]): void {
  const keys = tags.map(({ Key }) => Key);
  const repeated = keys.find((key, at) => keys.indexOf(key) !== at);
  if (repeated !== undefined) {
    throw validationError('One or more parameter values were invalid: Duplicate Tag keys found in the input');
  }
  const forbidden = tags.flatMap(({ Key, Value }) => [Key, Value]).find((text) => !ALLOWED.test(text));
  if (forbidden !== undefined) {
    throw validationError(
      `One or more parameter values were invalid: Tag keys and values may have letters, white space, numbers and the characters + - = . _ : / @ only: ${forbidden}`,
    );
  }
  if (keys.length > MAX_TAGS) {
    throw validationError(
      `One or more parameter values were invalid: Too many tags. A resource may have at most ${MAX_TAGS} tags`,
    );
  }
}
