import fc from 'fast-check';
import { item } from './arbitrary-values.ts';
import { condition, type Test } from './conditions.ts';
import type { Key, Write } from './model-table.ts';
import { update } from './updates.ts';

export type Command =
  | { readonly call: 'write'; readonly write: Write }
  | { readonly call: 'transact'; readonly writes: readonly Write[] }
  | { readonly call: 'batch'; readonly writes: readonly Write[] }
  | { readonly call: 'get'; readonly key: Key }
  | {
      readonly call: 'query';
      readonly pk: string;
      readonly range?: { readonly is: '=' | '<' | '<=' | '>' | '>='; readonly sk: string };
      readonly forward: boolean;
      readonly limit: number;
      readonly filter?: Test;
    }
  | { readonly call: 'index'; readonly g: string; readonly forward: boolean; readonly limit: number }
  | { readonly call: 'scan'; readonly segments: number; readonly limit: number; readonly filter?: Test };

export const KEYS = ['-1', '0', '1', '2.5', '10'] as const;
const GROUPS = ['x', 'xy', 'é'] as const;

const key: fc.Arbitrary<Key> = fc.record({ pk: fc.constantFrom('p', 'q'), sk: fc.constantFrom(...KEYS) });
const limit = fc.constantFrom(1, 2, 3, 100);
const optional = { requiredKeys: [] as [] };
const maybe = fc.record({ if: condition }, optional);

const put = fc
  .tuple(key, item, fc.option(fc.constantFrom(...GROUPS)), maybe)
  .map(([of, attributes, g, when]): Write => {
    const whole = { ...attributes, ...(g !== null && { g: { S: g } }) };
    return { does: 'Put', key: of, item: whole, ...when };
  });
const change = fc
  .tuple(key, update, maybe)
  .map(([of, actions, when]): Write => ({ does: 'Update', key: of, actions, ...when }));
const remove = fc.tuple(key, maybe).map(([of, when]): Write => ({ does: 'Delete', key: of, ...when }));
const check = fc
  .tuple(key, condition)
  .map(([of, when]): Write => ({ does: 'ConditionCheck', key: of, if: when }));
const plainPut = put.map(
  (write): Write => (write.does === 'Put' ? { does: 'Put', key: write.key, item: write.item } : write),
);
const plainDelete = key.map((of): Write => ({ does: 'Delete', key: of }));

/** Transactions and batches refuse two parts of one item. */
const several = (write: fc.Arbitrary<Write>) =>
  fc.uniqueArray(write, { minLength: 1, maxLength: 4, selector: (one) => `${one.key.pk} ${one.key.sk}` });

export const command: fc.Arbitrary<Command> = fc.oneof(
  { arbitrary: fc.oneof(put, change, remove).map((write): Command => ({ call: 'write', write })), weight: 6 },
  several(fc.oneof(put, change, remove, check)).map((writes): Command => ({ call: 'transact', writes })),
  several(fc.oneof(plainPut, plainDelete)).map((writes): Command => ({ call: 'batch', writes })),
  key.map((of): Command => ({ call: 'get', key: of })),
  fc
    .tuple(
      fc.record({ pk: fc.constantFrom('p', 'q'), forward: fc.boolean(), limit }),
      fc.record(
        {
          range: fc.record({ is: fc.constantFrom('=', '<', '<=', '>', '>='), sk: fc.constantFrom(...KEYS) }),
          filter: condition,
        },
        optional,
      ),
    )
    .map(([of, rest]): Command => ({ call: 'query', ...of, ...rest })),
  fc
    .record({ g: fc.constantFrom(...GROUPS), forward: fc.boolean(), limit })
    .map((of): Command => ({ call: 'index', ...of })),
  fc
    .tuple(
      fc.record({ segments: fc.integer({ min: 1, max: 3 }), limit }),
      fc.record({ filter: condition }, optional),
    )
    .map(([of, rest]): Command => ({ call: 'scan', ...of, ...rest })),
);
