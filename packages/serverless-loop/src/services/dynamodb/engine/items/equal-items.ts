import type { Item } from '../values/attribute-value.ts';
import { equal } from '../values/compare.ts';

export const equalItems = (a: Item, b: Item): boolean => a === b || equal({ M: a }, { M: b });
