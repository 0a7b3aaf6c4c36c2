import { applyUpdate } from '../../../../src/services/dynamodb/engine/expressions/apply-update.ts';
import { evaluate } from '../../../../src/services/dynamodb/engine/expressions/evaluate.ts';
import { parseCondition, parseUpdate } from '../../../../src/services/dynamodb/engine/expressions/parse.ts';
import { Placeholders } from '../../../../src/services/dynamodb/engine/expressions/placeholders.ts';
import { readItem } from '../../../../src/services/dynamodb/engine/values/read-value.ts';

/** The values that the expressions of these tests refer to. */
const VALUES = {
  ':zero': { N: '0' },
  ':one': { N: '1' },
  ':two': { N: '2' },
  ':s': { S: 'text' },
  ':b': { B: 'AA==' },
  ':t': { BOOL: true },
  ':null': { NULL: true },
  ':l': { L: [{ N: '1' }] },
  ':m': { M: {} },
  ':ss': { SS: ['a', 'b'] },
  ':ns': { NS: ['1', '2'] },
  ':type': { S: 'N' },
};
const NAMES = { '#and': 'and', '#dotted': 'a.b', '#a': 'a', '#proto': '__proto__' };

export const placeholders = (values: object = VALUES): Placeholders =>
  new Placeholders(NAMES, readItem(values));

/** Tells whether the item, in wire form, meets the condition. */
export const meets = (item: unknown, condition: string, values: object = VALUES): boolean =>
  evaluate(parseCondition(condition, placeholders(values)), readItem(item));

/** The item, in wire form and plain, after the update. */
export function updated(item: unknown, update: string, values: object = VALUES): unknown {
  const applied = applyUpdate(parseUpdate(update, placeholders(values)), readItem(item), readItem({}));
  return JSON.parse(JSON.stringify(applied.item));
}
