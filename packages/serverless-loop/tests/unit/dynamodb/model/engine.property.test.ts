import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Engine } from '../../../../src/services/dynamodb/engine/start-engine.ts';
import { runsOf } from '../../../matrix.ts';
import { type Command, command } from './commands.ts';
import { holds, type Test } from './conditions.ts';
import { engineWithTable, TABLE } from './engine-under-test.ts';
import { type Item, keyItem, ModelTable, type Outcome, type Write } from './model-table.ts';
import { exact, fingerprint } from './naive-values.ts';
import { Placeholders, print } from './printed.ts';
import { printUpdate } from './updates.ts';

type Json = Record<string, unknown>;

const NUMBER_OF = { '=': (n: bigint) => n === 0n, '<': (n: bigint) => n < 0n, '<=': (n: bigint) => n <= 0n };
const TESTS = { ...NUMBER_OF, '>': (n: bigint) => n > 0n, '>=': (n: bigint) => n >= 0n };

/** Expressions with the placeholders that they share. */
function expressions(texts: (words: Placeholders) => Json): Json {
  const words = new Placeholders();
  const members = texts(words);
  return {
    ...members,
    ...(words.names.size > 0 && { ExpressionAttributeNames: Object.fromEntries(words.names) }),
    ...(words.values.size > 0 && { ExpressionAttributeValues: Object.fromEntries(words.values) }),
  };
}

const request = (write: Write): Json => ({
  TableName: TABLE,
  ...(write.does === 'Put'
    ? { Item: { ...write.item, ...keyItem(write.key) } }
    : { Key: keyItem(write.key) }),
  ...expressions((words) => ({
    ...(write.if && { ConditionExpression: print(write.if, words) }),
    ...(write.does === 'Update' && { UpdateExpression: printUpdate(write.actions, words) }),
  })),
});

const filterOf = (filter: Test | undefined, words: Placeholders): Json =>
  filter ? { FilterExpression: print(filter, words) } : {};

const itemsOf = (answer: Json): Item[] => (Array.isArray(answer.Items) ? answer.Items : []);

/** All pages of a Query or Scan; no page has more than the limit. */
function pages(call: (input: Json) => Json, input: Json, limit: number): Item[] {
  const found: Item[] = [];
  let start: unknown;
  do {
    const answer = call({ ...input, Limit: limit, ...(start !== undefined && { ExclusiveStartKey: start }) });
    expect(answer.ScannedCount).toBeLessThanOrEqual(limit);
    found.push(...itemsOf(answer));
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
  return found;
}

const sorted = (items: readonly Item[]) => items.map((one) => fingerprint({ M: { ...one } })).sort();
const inOrder = (items: readonly Item[]) => items.map((one) => fingerprint({ M: { ...one } }));
const sortKey = ({ sk }: Item) => (sk && 'N' in sk ? exact(sk.N) : 0n);
const bySortKey = (a: Item, b: Item) => Number(sortKey(a) > sortKey(b)) - Number(sortKey(a) < sortKey(b));

const ERRORS: Record<string, Outcome> = {
  ConditionalCheckFailedException: 'ConditionalCheckFailed',
  ValidationException: 'ValidationError',
};

function outcomeOf(run: () => unknown): Outcome {
  try {
    run();
    return 'done';
  } catch (error) {
    const outcome = error instanceof Error ? ERRORS[error.name] : undefined;
    if (!outcome) throw error;
    return outcome;
  }
}

/** The reasons of a transaction; 'done' for all when it is done. */
function transact({ operations }: Engine, writes: readonly Write[]): Outcome[] {
  try {
    operations.TransactWriteItems({
      TransactItems: writes.map((write) => ({ [write.does]: request(write) })),
    });
  } catch (error) {
    if (!(error instanceof Error && error.name === 'TransactionCanceledException')) throw error;
    const codes = /\[(.*)\]/.exec(error.message)?.[1]?.split(', ') ?? [];
    return codes.map((code) =>
      code === 'ConditionalCheckFailed' || code === 'ValidationError' ? code : 'done',
    );
  }
  return writes.map(() => 'done');
}

function run(of: Command, engine: Engine, model: ModelTable): void {
  const { operations } = engine;
  switch (of.call) {
    case 'write': {
      const { write } = of;
      const call = {
        Put: 'PutItem',
        Update: 'UpdateItem',
        Delete: 'DeleteItem',
        ConditionCheck: 'DeleteItem',
      } as const;
      expect(outcomeOf(() => operations[call[write.does]](request(write)))).toBe(model.write(write));
      break;
    }
    case 'transact':
      checkReasons(transact(engine, of.writes), model.transact(of.writes));
      break;
    case 'batch': {
      const parts = of.writes.map((write) =>
        write.does === 'Put'
          ? { PutRequest: { Item: { ...write.item, ...keyItem(write.key) } } }
          : { DeleteRequest: { Key: keyItem(write.key) } },
      );
      expect(operations.BatchWriteItem({ RequestItems: { [TABLE]: parts } })).toMatchObject({
        UnprocessedItems: {},
      });
      for (const write of of.writes) model.write(write);
      break;
    }
    case 'get': {
      const answer = operations.GetItem({ TableName: TABLE, Key: keyItem(of.key), ConsistentRead: true });
      const expected = model.get(of.key);
      expect(sorted(itemsOf({ Items: answer.Item === undefined ? [] : [answer.Item] }))).toEqual(
        sorted(expected ? [expected] : []),
      );
      break;
    }
    case 'query': {
      const { pk, range, forward, limit, filter } = of;
      const input = expressions((words) => ({
        TableName: TABLE,
        ScanIndexForward: forward,
        KeyConditionExpression: `pk = ${words.value({ S: pk })}${range ? ` AND sk ${range.is} ${words.value({ N: range.sk })}` : ''}`,
        ...filterOf(filter, words),
      }));
      const expected = model
        .all()
        .filter((one) => one.pk && 'S' in one.pk && one.pk.S === pk)
        .filter((one) => !range || TESTS[range.is](sortKey(one) - exact(range.sk)))
        .filter((one) => !filter || holds(filter, one))
        .sort((a, b) => (forward ? bySortKey(a, b) : bySortKey(b, a)));
      expect(inOrder(pages(operations.Query, input, limit))).toEqual(inOrder(expected));
      break;
    }
    case 'index': {
      const expected = model.all().filter((one) => one.g && 'S' in one.g && one.g.S === of.g);
      const input = expressions((words) => ({
        TableName: TABLE,
        IndexName: 'byG',
        ScanIndexForward: of.forward,
        KeyConditionExpression: `g = ${words.value({ S: of.g })}`,
      }));
      const found = pages(operations.Query, input, of.limit);
      expect(sorted(found)).toEqual(sorted(expected));
      const order = found.map(sortKey);
      expect(order).toEqual([...order].sort((a, b) => (a < b === of.forward ? -1 : a === b ? 0 : 1)));
      break;
    }
    case 'scan': {
      const expected = model.all().filter((one) => !of.filter || holds(of.filter, one));
      const found = Array.from({ length: of.segments }, (_, Segment) =>
        pages(
          operations.Scan,
          expressions((words) => ({
            TableName: TABLE,
            Segment,
            TotalSegments: of.segments,
            ...filterOf(of.filter, words),
          })),
          of.limit,
        ),
      );
      expect(sorted(found.flat())).toEqual(sorted(expected));
      break;
    }
  }
}

/** A part that is no valid write may end the checking of those after it. */
function checkReasons(reasons: readonly Outcome[], expected: readonly Outcome[]): void {
  const invalid = expected.indexOf('ValidationError');
  if (invalid < 0) expect(reasons).toEqual(expected);
  else expect(reasons.slice(0, invalid + 1)).toEqual(expected.slice(0, invalid + 1));
}

test('any sequence of writes, transactions and reads goes as in a plain map', () => {
  fc.assert(
    fc.property(fc.array(command, { minLength: 5, maxLength: 40 }), (commands) => {
      const engine = engineWithTable();
      const model = new ModelTable();
      for (const of of commands) run(of, engine, model);
      run({ call: 'scan', segments: 2, limit: 3 }, engine, model);
      for (const pk of ['p', 'q']) run({ call: 'query', pk, forward: false, limit: 2 }, engine, model);
      for (const g of ['x', 'xy', 'é']) run({ call: 'index', g, forward: true, limit: 1 }, engine, model);
    }),
    { numRuns: runsOf(300) },
  );
});
