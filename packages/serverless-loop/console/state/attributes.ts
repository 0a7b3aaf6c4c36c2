import { isObject, type JsonObject } from '../../src/aws/json-object.ts';

/** An item as people write it: DynamoDB's types are left out, which JSON mostly tells by itself. */
export function plainItem(item: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));
}

/** Numbers stay texts where JavaScript has no number of all their digits. */
function plain(attribute: unknown): unknown {
  if (!isObject(attribute)) return attribute;
  const [[type, value] = ['', undefined]] = Object.entries(attribute);
  switch (type) {
    case 'N':
      return String(Number(value)) === value ? Number(value) : value;
    case 'NULL':
      return null;
    case 'L':
      return Array.isArray(value) ? value.map(plain) : value;
    case 'M':
      return isObject(value) ? plainItem(value) : value;
    default:
      return value;
  }
}

/** Plain JSON as DynamoDB's API writes it; an object in `M`, an array in `L`. */
export function attributesOf(item: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, attributeOf(value)]));
}

function attributeOf(value: unknown): JsonObject {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(attributeOf) };
  return { M: isObject(value) ? attributesOf(value) : {} };
}

/** Tells whether plain JSON of the item means the same item: sets, binary values and long numbers have no such JSON. */
export function hasPlainJson(item: JsonObject): boolean {
  return isSame(item, attributesOf(plainItem(item)));
}

function isSame(one: unknown, other: unknown): boolean {
  if (!isObject(one) && !Array.isArray(one)) return one === other;
  if (!isObject(other) && !Array.isArray(other)) return false;
  const entries = Object.entries(one);
  const others = new Map(Object.entries(other));
  return entries.length === others.size && entries.every(([name, value]) => isSame(value, others.get(name)));
}

/** A step of an item's life, as an attribute `history` has it: a status and its time, each by whatever name. */
export interface Step {
  at: string;
  words: string;
}

/** Reads an attribute `history`: a list of maps with a time in each. Empty where the item has none such. */
export function historyOf(item: JsonObject): Step[] {
  const { history } = item;
  if (!Array.isArray(history)) return [];
  return history.flatMap((entry) => {
    if (!isObject(entry)) return [];
    const time = Object.entries(entry).find(([, value]) => isTime(value));
    if (!time) return [];
    const rest = Object.entries(entry).filter(([name]) => name !== time[0]);
    return [{ at: String(time[1]), words: rest.map(([, value]) => wordOf(value)).join(', ') }];
  });
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value));
}

/** The attributes that most items have and that fit a cell, beside those that are shown already. */
export function columnsOf(items: readonly JsonObject[], without: readonly string[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const item of items)
    for (const [name, value] of Object.entries(item))
      if (typeof value !== 'object' && !without.includes(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, most)
    .map(([name]) => name);
}
