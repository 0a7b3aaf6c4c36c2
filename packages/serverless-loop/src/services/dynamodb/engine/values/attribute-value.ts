import { namesOf } from './names.ts';

/** A value as the wire carries it, and as the engine keeps it: numbers canonical, binary as base64. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Item }
  | { readonly BOOL: boolean }
  | { readonly NULL: true };

/**
 * An item, or a map inside one. It is made by `newItem` and never changed once it is stored. It inherits
 * nothing, so that attributes named `__proto__` or `constructor` are attributes like others.
 */
export type Item = Readonly<Record<string, AttributeValue>>;

export type MutableItem = Record<string, AttributeValue>;

export const TYPE_NAMES = ['S', 'N', 'B', 'SS', 'NS', 'BS', 'L', 'M', 'BOOL', 'NULL'] as const;
export type TypeName = (typeof TYPE_NAMES)[number];

/**
 * An object of this class is laid out as fast as a literal, where `Object.create(null)` is a hash table
 * from its first property on.
 */
class BareObject {
  [name: string]: AttributeValue;
}
Object.setPrototypeOf(BareObject.prototype, null);
Reflect.deleteProperty(BareObject.prototype, 'constructor');

/** An empty item; with `from`, a shallow copy of it. */
export function newItem(from?: Item): MutableItem {
  const item = new BareObject();
  if (from) for (const name of namesOf(from)) put(item, name, from[name]);
  return item;
}

function put(item: MutableItem, name: string, value: AttributeValue | undefined): void {
  if (value !== undefined) item[name] = value;
}

export function typeOf(value: AttributeValue): TypeName {
  for (const name in value) if (isTypeName(name)) return name;
  throw new TypeError('An attribute value without a type');
}

const KNOWN_TYPES: ReadonlySet<string> = new Set(TYPE_NAMES);

export const isTypeName = (name: string): name is TypeName => KNOWN_TYPES.has(name);
