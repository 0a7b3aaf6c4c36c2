import * as dynamoDb from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Engine, EngineOperation } from '../../../../src/services/dynamodb/engine/start-engine.ts';
import { runsOf } from '../../../matrix.ts';
import { engineWithTable, TABLE } from '../model/engine-under-test.ts';
import { requestOf } from './requests.ts';
import { inputShapes, type Shape } from './shapes.ts';

/** In all; the whole of them in the matrix. */
const REQUESTS = runsOf(50_000);

const text = (): Shape => ({ kind: 'text' });
const number = (): Shape => ({ kind: 'number' });
const member = (name: string, shape = text) => ({ name, isRequired: true, shape });
/** Of the operations of streams, whose SDK the tests don't have. */
const STREAMS: Readonly<Record<string, Shape>> = {
  DescribeStream: {
    kind: 'structure',
    members: [member('StreamArn'), member('Limit', number), member('ExclusiveStartShardId')],
  },
  GetRecords: { kind: 'structure', members: [member('ShardIterator'), member('Limit', number)] },
  GetShardIterator: {
    kind: 'structure',
    members: [
      ...[member('StreamArn'), member('ShardId'), member('ShardIteratorType'), member('SequenceNumber')],
      { ...member('Timestamp', number), isRequired: false },
    ],
  },
  ListStreams: {
    kind: 'structure',
    members: [member('TableName'), member('Limit', number), member('ExclusiveStartStreamArn')],
  },
};

const shapes = inputShapes({ ...dynamoDb });
let engine = engineWithTable();
const operationsOf = ({ operations, streamOperations }: Engine): [string, EngineOperation][] =>
  Object.entries<EngineOperation>({ ...operations, ...streamOperations });
const called = operationsOf(engine).map(([name]) => name);

/** The operation of an engine whose table hasn't been deleted by the requests before. */
function operationOf(name: string): EngineOperation {
  if (engine.findTable(TABLE)?.settings.status !== 'ACTIVE') engine = engineWithTable();
  const found = operationsOf(engine).find(([of]) => of === name)?.[1];
  if (!found) throw new Error(`No operation ${name}`);
  return found;
}

test('every operation has its input generated', () => {
  const without = called.filter((name) => !(shapes.get(name) ?? STREAMS[name]));
  expect(without).toEqual([]);
});

test('whatever is asked is answered or refused, in DynamoDB’s words', { timeout: 900_000 }, () => {
  const counts = { answered: 0, refused: 0 };
  const runs = Math.ceil(REQUESTS / called.length);
  for (const name of called) {
    const shape = shapes.get(name) ?? STREAMS[name] ?? { kind: 'structure', members: [] };
    fc.assert(
      fc.property(requestOf(shape), (request) => {
        if (typeof request !== 'object' || request === null || Array.isArray(request)) return;
        try {
          expect(JSON.stringify(operationOf(name)({ ...request }))).toMatch(/^\{/);
          counts.answered += 1;
        } catch (error) {
          if (!(error instanceof Error && /^[A-Z]\w+Exception$/.test(error.name))) throw error;
          expect(error.message).not.toMatch(/undefined|\[object/);
          counts.refused += 1;
        }
      }),
      { numRuns: runs },
    );
  }
  expect(counts.answered).toBeGreaterThan(REQUESTS / 50);
  expect(counts.refused).toBeGreaterThan(REQUESTS / 50);
});
