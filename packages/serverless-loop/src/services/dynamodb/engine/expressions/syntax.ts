import type { AttributeValue } from '../values/attribute-value.ts';

/** A document path with its names resolved: an attribute's name, then names of map keys and indexes of lists. */
export type Path = readonly [string, ...(string | number)[]];

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'size'; readonly of: Operand };

/** A condition or filter; `and` and `or` hold any number of conditions, so that long chains aren't deep. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | {
      readonly kind: 'compare';
      readonly operator: Comparator;
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly kind: 'between'; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly list: readonly Operand[] }
  | { readonly kind: 'exists' | 'not_exists'; readonly path: Path }
  | { readonly kind: 'attribute_type'; readonly operand: Operand; readonly type: Operand }
  | { readonly kind: 'begins_with' | 'contains'; readonly operand: Operand; readonly search: Operand };

/** The right side of `SET path = …`. */
export type Assigned =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'plus' | 'minus' | 'list_append'; readonly left: Assigned; readonly right: Assigned }
  | { readonly kind: 'if_not_exists'; readonly path: Path; readonly otherwise: Assigned };

/** An update; the value of `delete` is a set, that of `add` a number or a set (by AttributeUpdates a list too). */
export interface Update {
  readonly set: readonly { readonly path: Path; readonly value: Assigned }[];
  readonly remove: readonly Path[];
  readonly add: readonly { readonly path: Path; readonly value: AttributeValue }[];
  readonly delete: readonly { readonly path: Path; readonly value: AttributeValue }[];
  /** From AttributeUpdates, which refuses values of other types in other words. */
  readonly isOlder?: true;
}

export type KeyOperator = '=' | '<' | '<=' | '>' | '>=' | 'between' | 'begins_with';

/** One test of a key condition: `between` has two values, every other operator one. */
export interface KeyTest {
  readonly name: string;
  readonly operator: KeyOperator;
  readonly values: readonly AttributeValue[];
}

/** A key condition: at most one test an attribute, in the order of the text. `keyRange` fits it to a key schema. */
export type KeyCondition = readonly KeyTest[];

/** Paths to be kept of an item, none of which overlaps another. */
export type Projection = readonly Path[];

/** The expressions of a request, whichever form they came in. */
export interface Expressions {
  readonly update?: Update;
  readonly condition?: Condition;
  readonly keyCondition?: KeyCondition;
  readonly filter?: Condition;
  readonly projection?: Projection;
}
