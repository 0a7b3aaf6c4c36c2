import type { AttributeValue } from '../../../../src/services/dynamodb/engine/values/attribute-value.ts';
import { holds, type Test } from './conditions.ts';
import { type Action, updated } from './updates.ts';

export type Item = Record<string, AttributeValue>;
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** A write of one item, as a call or as a part of a transaction. */
export type Write = { readonly key: Key; readonly if?: Test } & (
  | { readonly does: 'Put'; readonly item: Item }
  | { readonly does: 'Update'; readonly actions: readonly Action[] }
  | { readonly does: 'Delete' | 'ConditionCheck' }
);

/** The outcome of a write; what DynamoDB refuses is told by the name of a transaction's reason. */
export type Outcome = 'done' | 'ConditionalCheckFailed' | 'ValidationError';

export const keyItem = ({ pk, sk }: Key): Item => ({ pk: { S: pk }, sk: { N: sk } });
const text = ({ pk, sk }: Key) => `${pk} ${sk}`;

/** The table as a plain map. */
export class ModelTable {
  readonly items = new Map<string, Item>();

  get(key: Key): Item | undefined {
    return this.items.get(text(key));
  }

  all(): Item[] {
    return [...this.items.values()];
  }

  write(write: Write): Outcome {
    const result = this.#result(write);
    if (typeof result === 'string') return result;
    if (result.item) this.items.set(text(write.key), result.item);
    else this.items.delete(text(write.key));
    return 'done';
  }

  /** All of them or none; the outcomes of each. */
  transact(writes: readonly Write[]): Outcome[] {
    const outcomes = writes.map((write): Outcome => {
      const result = this.#result(write);
      return typeof result === 'string' ? result : 'done';
    });
    if (outcomes.every((outcome) => outcome === 'done')) for (const write of writes) this.write(write);
    return outcomes;
  }

  #result(write: Write): Outcome | { item: Item | undefined } {
    const old = this.get(write.key);
    if (write.if && !holds(write.if, old ?? {})) return 'ConditionalCheckFailed';
    switch (write.does) {
      case 'Put':
        return { item: { ...write.item, ...keyItem(write.key) } };
      case 'Delete':
        return { item: undefined };
      case 'ConditionCheck':
        return { item: old };
      case 'Update': {
        const actions = old ? write.actions : write.actions.filter(makes);
        if (!old && actions.length === 0) return { item: undefined };
        const item = updated(actions, old ?? keyItem(write.key));
        return item ? { item } : 'ValidationError';
      }
    }
  }
}

/** From an item that isn't there nothing is taken away (scylladb/scylladb, test_nested_attribute_remove_from_missing_item). */
const makes = ({ does }: Action) => does === 'SET' || does === 'ADD';
