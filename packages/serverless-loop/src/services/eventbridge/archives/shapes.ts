import { integer, list, oneOf, required, structure, text, timestamp } from '../../../aws/members.ts';
import { REPLAY_STATES } from './replays.ts';

/** Members of the operations on archives and replays, with the limits of the API's model. */

export const SOURCE_ARN = text({
  min: 1,
  max: 1_600,
  pattern: String.raw`arn:aws([a-z]|-)*:events:([a-z]|\d|-)*:([0-9]{12})?:.+\/.+`,
});

export const ARCHIVE_NAME = text({ min: 1, max: 48, pattern: String.raw`[\.\-_A-Za-z0-9]+` });

export const REPLAY_NAME = text({ min: 1, max: 64, pattern: String.raw`[\.\-_A-Za-z0-9]+` });

export const DESCRIPTION = text({ max: 512, pattern: '.*' });

export const ARCHIVE_STATE = oneOf([
  'ENABLED',
  'DISABLED',
  'CREATING',
  'UPDATING',
  'CREATE_FAILED',
  'UPDATE_FAILED',
]);

export const REPLAY_STATE = oneOf(REPLAY_STATES);

/** Settings of an archive that may be changed. */
export const ARCHIVE_SETTINGS = {
  Description: DESCRIPTION,
  EventPattern: text({ max: 4_096 }),
  RetentionDays: integer({ min: 0 }),
  KmsKeyIdentifier: text({ max: 2_048, pattern: String.raw`[a-zA-Z0-9_\-/:]*` }),
} as const;

export const MADE_ARCHIVE = { ArchiveArn: text(), State: text(), CreationTime: timestamp() } as const;

export const LISTED_ARCHIVE = {
  ArchiveName: text(),
  EventSourceArn: text(),
  State: text(),
  RetentionDays: integer(),
  SizeBytes: integer(),
  EventCount: integer(),
  CreationTime: timestamp(),
} as const;

export const REPLAY_DESTINATION = structure({
  Arn: required(text({ min: 1, max: 1_600 })),
  FilterArns: list(text({ min: 1, max: 1_600 })),
});

export const LISTED_REPLAY = {
  ReplayName: text(),
  EventSourceArn: text(),
  State: text(),
  StateReason: text(),
  EventStartTime: timestamp(),
  EventEndTime: timestamp(),
  EventLastReplayedTime: timestamp(),
  ReplayStartTime: timestamp(),
  ReplayEndTime: timestamp(),
} as const;
