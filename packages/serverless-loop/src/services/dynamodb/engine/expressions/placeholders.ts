import { validationError } from '../dynamodb-error.ts';
import { type AttributeValue, type Item, newItem } from '../values/attribute-value.ts';

/** ExpressionAttributeNames and ExpressionAttributeValues of a request, and which of them its expressions use. */
export class Placeholders {
  readonly #names: ReadonlyMap<string, string>;
  readonly #values: Item;
  readonly #usedNames = new Set<string>();
  readonly #usedValues = new Set<string>();

  constructor(names: Readonly<Record<string, string>> = {}, values: Item = newItem()) {
    this.#names = new Map(Object.entries(names));
    this.#values = values;
  }

  /** The attribute name behind `#…`, or undefined when the request doesn't define it. */
  name(reference: string): string | undefined {
    this.#usedNames.add(reference);
    return this.#names.get(reference);
  }

  /** The value behind `:…`, or undefined when the request doesn't define it. */
  value(reference: string): AttributeValue | undefined {
    this.#usedValues.add(reference);
    return this.#values[reference];
  }

  /** Refuses names and values that no expression of the request has used; to be called after the last one. */
  checkUsage(): void {
    refuseUnused('ExpressionAttributeNames', [...this.#names.keys()], this.#usedNames);
    refuseUnused('ExpressionAttributeValues', Object.keys(this.#values), this.#usedValues);
  }
}

function refuseUnused(member: string, defined: readonly string[], used: ReadonlySet<string>): void {
  const unused = defined.filter((reference) => !used.has(reference));
  if (unused.length === 0) return;
  throw validationError(`Value provided in ${member} unused in expressions: keys: {${unused.join(', ')}}`);
}
