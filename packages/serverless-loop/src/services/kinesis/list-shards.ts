import { list, oneOf, required, structure, timestamp } from '../../aws/members.ts';
import { pageOf } from '../../aws/page.ts';
import { onStream, operation } from './context.ts';
import type { DataStream } from './data-stream.ts';
import { nameInArn } from './data-streams.ts';
import { describeShard } from './describe.ts';
import { invalidArgument } from './kinesis-errors.ts';
import { LIMIT, NEXT_TOKEN, SHARD, SHARD_ID, STREAM } from './shapes.ts';
import type { Shard } from './shard.ts';

/** Of a page without a limit (Kinesis API reference, "ListShards"). */
const SHARDS_OF_PAGE = 1_000;

const FILTER = structure({
  Type: required(
    oneOf([
      'AFTER_SHARD_ID',
      'AT_TRIM_HORIZON',
      'FROM_TRIM_HORIZON',
      'AT_LATEST',
      'AT_TIMESTAMP',
      'FROM_TIMESTAMP',
    ]),
  ),
  ShardId: SHARD_ID,
  Timestamp: timestamp(),
});

/** Shards in pages (Kinesis API reference, "ListShards"). */
export const LIST_SHARDS = operation({
  input: {
    ...STREAM,
    NextToken: NEXT_TOKEN,
    ExclusiveStartShardId: SHARD_ID,
    MaxResults: LIMIT,
    StreamCreationTimestamp: timestamp(),
    ShardFilter: FILTER,
  },
  output: { Shards: list(SHARD), NextToken: NEXT_TOKEN },
  needs: onStream,
  handle(input, { streams }) {
    const { NextToken: token, ExclusiveStartShardId: after = '', ShardFilter: filter } = input;
    // "You cannot specify this parameter" together with a name: the token has it (the same page).
    if (token !== undefined && (input.StreamName ?? input.StreamARN) !== undefined)
      throw invalidArgument('NextToken and StreamName cannot be provided together.');
    const name = token === undefined ? undefined : tokenName(token);
    const stream = streams.of(name === undefined ? input : { StreamName: name });
    const wanted = stream
      .shards()
      .filter(({ shardId }) => shardId > after)
      .filter((shard) => !filter || isWanted(shard, filter, stream));
    const { items, nextToken } = pageOf(wanted, {
      list: 'ListShards',
      limit: input.MaxResults ?? SHARDS_OF_PAGE,
      token: token === undefined ? undefined : token.slice(token.indexOf('~') + 1),
      keyOf: ({ shardId }) => shardId,
      refusal: () => invalidArgument('The NextToken is not valid.'),
    });
    return {
      Shards: items.map(describeShard),
      ...(nextToken !== undefined && { NextToken: `${stream.model.name}~${nextToken}` }),
    };
  },
});

function isWanted(
  shard: Shard,
  {
    Type: type,
    ShardId: shardId = '',
    Timestamp: atMs = 0,
  }: { Type: string; ShardId?: string; Timestamp?: number },
  stream: DataStream,
): boolean {
  const isOpenAt = (ms: number) => shard.openedAtMs <= ms && (!shard.closed || shard.closed.atMs > ms);
  switch (type) {
    case 'AFTER_SHARD_ID':
      return shard.shardId > shardId;
    case 'AT_LATEST':
      return !shard.closed;
    case 'AT_TRIM_HORIZON':
      return !shard.parentIds.some((parentId) => stream.shard(parentId));
    case 'AT_TIMESTAMP':
      return isOpenAt(atMs);
    case 'FROM_TIMESTAMP':
      return !shard.closed || shard.closed.atMs > atMs;
    default:
      return true;
  }
}

function tokenName(token: string): string {
  const name = token.includes('~') ? token.slice(0, token.indexOf('~')) : nameInArn(token);
  if (name === undefined) throw invalidArgument('The NextToken is not valid.');
  return name;
}
