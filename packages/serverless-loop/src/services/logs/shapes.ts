import { boolean, integer, map, oneOf, text } from '../../aws/members.ts';

/** Members that several operations have, with the limits of the model (CloudWatch Logs reference, "Data Types"). */

const MAX_NAME_LENGTH = {
  min: 1,
  max: 512,
  // localstack/localstack, tests/aws/services/logs/test_logs_groups.snapshot.json (recorded).
  reason: 'Invalid LogGroup or LogStream, both must have length less than or equal to 512.',
} as const;

export const GROUP_NAME = text({ ...MAX_NAME_LENGTH, pattern: String.raw`[.\-_/#A-Za-z0-9]+` });
export const NAME_PART = text({ ...MAX_NAME_LENGTH, min: 0, pattern: String.raw`[.\-_/#A-Za-z0-9]*` });
export const STREAM_NAME = text({ ...MAX_NAME_LENGTH, pattern: '[^:*]*' });
export const FILTER_NAME = text({ min: 1, max: 512, pattern: '[^:*]*' });
export const FILTER_PATTERN = text({ max: 1_024 });
export const IDENTIFIER = text({ min: 1, max: 2_048, pattern: String.raw`[\w#+=/:,.@-]*` });
export const GROUP_CLASS = oneOf(['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY', 'ESSENTIALS']);
export const TAGS = map(text());

/** Epoch milliseconds, in JSON too. */
export const TIME = integer({ min: 0 });

export const TOKEN = text({ min: 1 });

/** Groups or streams of a page. */
export const MAX_LISTED = 50;

export const LISTED = { limit: integer({ min: 1, max: MAX_LISTED }), nextToken: TOKEN } as const;

/** Events of a page. */
export const MAX_EVENTS = 10_000;

/** Events of a time. */
export const EVENTS_WANTED = {
  startTime: TIME,
  endTime: TIME,
  limit: integer({ min: 1, max: MAX_EVENTS }),
  startFromHead: boolean(),
  nextToken: TOKEN,
} as const;
