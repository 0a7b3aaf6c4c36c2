import { isDeepStrictEqual } from 'node:util';
import { cloudWatchError, invalidValue } from '../cloudwatch-error.ts';
import type { AlarmBook } from './alarm-book.ts';

export const MAX_TAGS = 50;

export interface Tag {
  Key: string;
  Value?: string;
}

/**
 * The tags of alarms, by their ARNs; a deleted alarm's tags go with it (LocalStack's record,
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

  list(arn: string): [key: string, value: string][] {
    return [...(this.#of(arn) ?? [])];
  }

  /** Throws AwsError for what isn't there. */
  tag(arn: string, added: readonly Tag[]): void {
    this.#refuseUnknown(arn);
    this.#add(arn, added);
  }

  /** Throws AwsError for what isn't there. */
  untag(arn: string, keys: readonly string[]): void {
    this.#refuseUnknown(arn);
    for (const key of keys) this.#of(arn)?.delete(key);
  }

  /** The tags that a new alarm comes with. */
  begin(arn: string, tags: readonly Tag[]): void {
    this.#byArn.delete(arn);
    this.#add(arn, tags);
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

  #add(arn: string, added: readonly Tag[]): void {
    const tags = new Map(this.#of(arn));
    for (const { Key, Value = '' } of added) tags.set(Key, Value);
    if (tags.size > MAX_TAGS)
      throw invalidValue(`A resource can have at most ${MAX_TAGS} tags, but ${tags.size} were given.`);
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
