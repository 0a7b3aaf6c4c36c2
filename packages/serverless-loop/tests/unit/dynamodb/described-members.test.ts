import * as dynamoDb from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { structure } from '../../../src/aws/members.ts';
import { DYNAMODB, DYNAMODB_STREAMS } from '../../../src/services/dynamodb/api/service.ts';
import { DynamoDbError } from '../../../src/services/dynamodb/engine/dynamodb-error.ts';
import type { EngineOperation } from '../../../src/services/dynamodb/engine/start-engine.ts';
import { leftOut, modelOf } from '../aws/sdk-model.ts';
import { createBoxes, runningEngine } from './engine/running-engine.ts';

const NOTHING = structure({});
const ARN = 'arn:aws:dynamodb:eu-west-1:123456789012:table/boxes/stream/2026-01-01T00:00:00.000';
/** Without these a call may be refused before the rest of it is read. */
const READABLE = {
  TableName: 'boxes',
  ResourceArn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/boxes',
  StreamArn: ARN,
  ShardIterator: 'x',
};

/** The names of the members that an operation looks for. */
function membersReadBy(run: EngineOperation, { members }: { members: object }): Set<string> {
  const read = new Set<string>();
  const given = Object.entries(READABLE).filter(([name]) => name in members);
  const watched = new Proxy(Object.fromEntries(given), {
    get(input, name) {
      read.add(String(name));
      return Reflect.get(input, name);
    },
  });
  try {
    run(watched);
  } catch (error) {
    expect(error).toBeInstanceOf(DynamoDbError);
  }
  return read;
}

const [TABLES, STREAMS] = [Object.entries(DYNAMODB.operations), Object.entries(DYNAMODB_STREAMS.operations)];

test.each([...TABLES, ...STREAMS])(
  'the engine reads each described member of %s, and no other of its API',
  (name, { input }) => {
    const { engine } = runningEngine();
    createBoxes(engine);
    const operations: Record<string, EngineOperation> = { ...engine.operations, ...engine.streamOperations };
    const run = operations[name];
    if (!run) throw new Error(`The engine has no ${name}.`);
    const read = membersReadBy(run, input);
    expect(Object.keys(input.members).filter((member) => !read.has(member))).toEqual([]);
    const others = leftOut(input, modelOf(dynamoDb).get(name)?.input ?? NOTHING, name);
    expect(others.filter((member) => read.has(member.slice(name.length + 1)))).toEqual([]);
  },
);
