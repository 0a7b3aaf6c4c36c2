import type { JsonObject } from '../../aws/operation.ts';
import type { Store } from './dynalite.ts';
import type { WriteListeners } from './item-writes.ts';
import { observe } from './observed-store.ts';
import { requestTokenOf, startRequestTokens } from './request-tokens.ts';
import { runAction } from './run-action.ts';
import { stage } from './staged-store.ts';
import { attempt, cancelled, checkParts, type Part, partsOf, type Reason } from './transaction-parts.ts';
import { itemsWrittenBy } from './written-items.ts';

const OPERATION = 'TransactWriteItems';

/** A ConditionCheck is a DeleteItem whose write is forgotten: it has the same members and checks the same. */
const WRITE_ACTIONS = new Map([
  ['ConditionCheck', 'DeleteItem'],
  ['Put', 'PutItem'],
  ['Update', 'UpdateItem'],
  ['Delete', 'DeleteItem'],
]);
const READ_ACTIONS = new Map([['Get', 'GetItem']]);

/** TransactWriteItems and TransactGetItems, one after another, each with all of its items locked until it ends. */
export function startTransactions(store: Store, { facts, onWrite }: WriteListeners) {
  const tokens = startRequestTokens();
  let last: Promise<unknown> = Promise.resolve();

  /** In turn, so that no two transactions wait for each other's items. */
  function inTurn<T>(transaction: () => Promise<T>): Promise<T> {
    const mine = last.then(transaction);
    last = mine.catch(() => undefined);
    return mine;
  }

  async function write(input: JsonObject): Promise<JsonObject> {
    const token = requestTokenOf(input);
    const text = JSON.stringify(input);
    if (token !== undefined && tokens.isRepeat(token, text)) return {};
    const items = itemsWrittenBy(OPERATION, input);
    const writes = await writeAll(partsOf(input, WRITE_ACTIONS));
    if (token !== undefined) tokens.remember(token, text);
    facts.written(OPERATION, items);
    for (const change of writes) onWrite({ ...change, operation: OPERATION });
    return {};
  }

  async function writeAll(parts: Part[]) {
    checkParts(store, parts);
    const staged = stage(store);
    const observed = observe(staged.store);
    try {
      const reasons: Reason[] = [];
      for (const part of parts) {
        const view = part.kind === 'ConditionCheck' ? observe(staged.checkOnly) : observed;
        reasons.push(await attempt(part, view));
      }
      if (reasons.some(({ Code }) => Code !== 'None')) {
        const failed = parts.filter((_, at) => reasons[at]?.Code === 'ConditionalCheckFailed');
        facts.conditionFailed(
          OPERATION,
          failed.flatMap(({ action, request }) => itemsWrittenBy(action, request)),
        );
        throw cancelled(reasons);
      }
      await staged.commit();
      return observed.writes;
    } finally {
      staged.release();
    }
  }

  async function get(input: JsonObject): Promise<JsonObject> {
    const parts = partsOf(input, READ_ACTIONS);
    checkParts(store, parts);
    const staged = stage(store);
    try {
      for (const { request } of parts) await lock(staged.checkOnly, request);
      const answers = await Promise.all(
        parts.map(({ action, request }) => runAction(store, action, request)),
      );
      return { Responses: answers.map((answer) => answer ?? {}) };
    } finally {
      staged.release();
    }
  }

  return {
    write: (input: JsonObject) => inTurn(() => write(input)),
    get: (input: JsonObject) => inTurn(() => get(input)),
  };
}

/** GetItem takes no lock, a delete does. */
async function lock(checkOnly: Store, { TableName, Key }: JsonObject): Promise<void> {
  await runAction(checkOnly, 'DeleteItem', { TableName, Key });
}
