import { formatArn, parseArn } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import { list, required, structure, text, timestamp } from '../../../aws/members.ts';
import { busByArn, type EventsContext, listed, operation } from '../context.ts';
import { NEXT, PAGED } from '../shapes.ts';
import type { Archive } from './archives.ts';
import type { Replay } from './replays.ts';
import {
  DESCRIPTION,
  LISTED_REPLAY,
  REPLAY_DESTINATION,
  REPLAY_NAME,
  REPLAY_STATE,
  SOURCE_ARN,
} from './shapes.ts';

const NAMED = { ReplayName: required(REPLAY_NAME) } as const;

/** The operations on replays; words and answers are of LocalStack's record, test_archive_and_replay.snapshot.json. */
export const REPLAY_OPERATIONS = {
  StartReplay: operation({
    input: {
      ...NAMED,
      Description: DESCRIPTION,
      EventSourceArn: required(SOURCE_ARN),
      EventStartTime: required(timestamp()),
      EventEndTime: required(timestamp()),
      Destination: required(REPLAY_DESTINATION),
    },
    output: { ReplayArn: text(), State: text(), StateReason: text(), ReplayStartTime: timestamp() },
    needs: ({ ReplayName, EventSourceArn = '*' }, context) => [
      replayArn(ReplayName, context),
      EventSourceArn,
    ],
    handle(input, context) {
      const { ReplayName: name, Description: description, Destination, EventStartTime, EventEndTime } = input;
      const bus = destinationOf(Destination.Arn, context);
      const archive = archiveOf(input.EventSourceArn, context);
      if (archive.model.busArn !== bus.arn)
        throw notValid('Destination.Arn', 'Cross event bus replay is not permitted.');
      if (EventStartTime >= EventEndTime)
        throw notValid('EventEndTime', 'EventStartTime must be before EventEndTime.');
      const replay = context.replays.start(
        {
          name,
          arn: replayArn(name, context),
          ...(description !== undefined && { description }),
          archiveArn: archive.model.arn,
          busArn: bus.arn,
          ruleArns: Destination.FilterArns ?? [],
          fromMs: EventStartTime,
          toMs: EventEndTime,
        },
        context.archives.between(archive.model.name, EventStartTime, EventEndTime),
      );
      return { ReplayArn: replay.arn, State: replay.state, ReplayStartTime: replay.startedAt };
    },
  }),
  DescribeReplay: operation({
    input: NAMED,
    output: { ...LISTED_REPLAY, ReplayArn: text(), Description: text(), Destination: REPLAY_DESTINATION },
    needs: ({ ReplayName }, context) => [replayArn(ReplayName, context)],
    handle({ ReplayName }, context) {
      const replay = replayOf(ReplayName, context);
      const { arn, description, busArn, ruleArns } = replay;
      const filters = ruleArns.length > 0 ? { FilterArns: ruleArns } : {};
      return {
        ...listedView(replay),
        ReplayArn: arn,
        Description: description,
        Destination: { Arn: busArn, ...filters },
      };
    },
  }),
  ListReplays: operation({
    input: { NamePrefix: REPLAY_NAME, State: REPLAY_STATE, EventSourceArn: SOURCE_ARN, ...PAGED },
    output: { Replays: list(structure(LISTED_REPLAY)), ...NEXT },
    needs: () => ['*'],
    handle(input, { replays }) {
      const { NamePrefix = '', State, EventSourceArn } = input;
      const found = replays
        .list()
        .filter(({ name }) => name.startsWith(NamePrefix))
        .filter(({ state }) => State === undefined || state === State)
        .filter(({ archiveArn }) => EventSourceArn === undefined || archiveArn === EventSourceArn);
      const { items, nextToken } = listed('ListReplays', found, input, ({ name }) => name);
      return { Replays: items.map(listedView), NextToken: nextToken };
    },
  }),
  CancelReplay: operation({
    input: NAMED,
    output: { ReplayArn: text(), State: text(), StateReason: text() },
    needs: ({ ReplayName }, context) => [replayArn(ReplayName, context)],
    handle({ ReplayName }, context) {
      const { arn, state } = context.replays.cancel(replayOf(ReplayName, context));
      return { ReplayArn: arn, State: state };
    },
  }),
};

function replayArn(name = '*', { place }: EventsContext): string {
  return formatArn(place, 'events', `replay/${name}`);
}

function destinationOf(arn: string, context: EventsContext) {
  if (parseArn(arn)?.service !== 'events')
    throw notValid('Destination.Arn', 'Must contain an event bus ARN.');
  return busByArn(arn, context);
}

function archiveOf(arn: string, { archives }: EventsContext): Archive {
  const [, name = ''] = /:archive\/(.+)$/.exec(arn) ?? [];
  const archive = archives.find(name);
  if (archive?.model.arn === arn) return archive;
  throw notValid('EventSourceArn', `Archive ${name} does not exist.`);
}

function replayOf(name: string, { replays }: EventsContext): Replay {
  const replay = replays.find(name);
  if (!replay) throw new AwsError('ResourceNotFoundException', `Replay ${name} does not exist.`);
  return replay;
}

function notValid(parameter: string, reason: string): AwsError {
  return new AwsError('ValidationException', `Parameter ${parameter} is not valid. Reason: ${reason}`);
}

function listedView(replay: Replay) {
  return {
    ReplayName: replay.name,
    EventSourceArn: replay.archiveArn,
    State: replay.state,
    EventStartTime: replay.fromMs,
    EventEndTime: replay.toMs,
    EventLastReplayedTime: replay.lastReplayedMs,
    ReplayStartTime: replay.startedAt,
    ReplayEndTime: replay.endedAt,
  };
}
