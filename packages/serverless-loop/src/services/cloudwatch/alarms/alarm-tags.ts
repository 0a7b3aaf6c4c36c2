import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../../../aws/json-object.ts';
import type { JsonObject } from '../../../aws/operation.ts';
import { cloudWatchError, invalidFormat, invalidValue, missingParameter } from '../cloudwatch-error.ts';
import { requiredText, textList } from '../input.ts';
import type { AlarmBook } from './alarm-book.ts';

const MOST_TAGS = 50;

/**
 * What alarms are tagged with, by their ARNs; a deleted alarm's tags go with it (LocalStack's record,
 * test_cloudwatch.snapshot.json, test_tagging_metric_alarm).
 */
export class AlarmTags {
  readonly #byArn = new Map<string, Map<string, string>>();
  /** As they were when they were last taken over: what is added later stays until the template says something else. */
  readonly #ofTemplates = new Map<string, Readonly<Record<string, string>>>();
  readonly #book: AlarmBook;

  constructor(book: AlarmBook) {
    this.#book = book;
  }

  /** ListTagsForResource; of what isn't there or has none, none. */
  list(input: JsonObject): JsonObject {
    const tags = this.#of(requiredText(input, 'ResourceARN'));
    return { Tags: [...(tags ?? [])].map(([Key, Value]) => ({ Key, Value })) };
  }

  /** TagResource. */
  tag(input: JsonObject): JsonObject {
    const arn = requiredText(input, 'ResourceARN');
    const added = parseTags(input);
    if (added.length === 0) throw missingParameter('Tags');
    this.#refuseUnknown(arn);
    this.#add(arn, added);
    return {};
  }

  /** UntagResource. */
  untag(input: JsonObject): JsonObject {
    const arn = requiredText(input, 'ResourceARN');
    const keys = textList(input, 'TagKeys', MOST_TAGS);
    this.#refuseUnknown(arn);
    for (const key of keys) this.#of(arn)?.delete(key);
    return {};
  }

  /** What PutMetricAlarm and PutCompositeAlarm bring counts for a new alarm alone (API reference, "PutMetricAlarm", Tags). */
  begin(arn: string, input: JsonObject): void {
    this.#byArn.delete(arn);
    this.#add(arn, parseTags(input));
  }

  #of(arn: string): Map<string, string> | undefined {
    const alarm = this.#book.find(arn);
    if (!alarm) return undefined;
    const { tags } = alarm.model;
    if (tags && !isDeepStrictEqual(tags, this.#ofTemplates.get(arn))) {
      this.#ofTemplates.set(arn, tags);
      this.#byArn.set(arn, new Map(Object.entries(tags)));
    }
    return this.#byArn.get(arn);
  }

  #add(arn: string, added: [string, string][]): void {
    const tags = new Map([...(this.#of(arn) ?? []), ...added]);
    if (tags.size > MOST_TAGS)
      throw invalidValue(`A resource can have at most ${MOST_TAGS} tags, but ${tags.size} were given.`);
    if (tags.size > 0) this.#byArn.set(arn, tags);
  }

  #refuseUnknown(arn: string): void {
    if (this.#book.find(arn)) return;
    throw cloudWatchError('ResourceNotFoundException', `Unknown resource: ${arn}`, {
      ResourceType: 'Alarm',
      ResourceId: arn,
    });
  }
}

function parseTags({ Tags = [] }: JsonObject): [string, string][] {
  if (!Array.isArray(Tags)) throw invalidFormat('Tags', 'a list');
  return Tags.map((tag: unknown): [string, string] => {
    if (!isObject(tag)) throw invalidFormat('Tags', 'a list of tags');
    return [requiredText(tag, 'Key'), typeof tag.Value === 'string' ? tag.Value : ''];
  });
}
