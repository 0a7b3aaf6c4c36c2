import { AwsError } from '../../aws/errors.ts';
import { integer, list, required, structure, text, timestamp } from '../../aws/members.ts';
import { operation } from './context.ts';
import { ENTRY_RESULT } from './shapes.ts';

const PARTNER_ENTRY = structure({
  Time: timestamp(),
  Source: text({ min: 1, max: 256, pattern: String.raw`aws\.partner(/[\.\-_A-Za-z0-9]+){2,}` }),
  Resources: list(text({ max: 2_048 })),
  DetailType: text(),
  Detail: text(),
});

/**
 * Refuses every call: "this is used by SaaS partners", and nobody here is one (EventBridge API reference, "PutPartnerEvents",
 * with this error).
 */
export const PUT_PARTNER_EVENTS = operation({
  input: { Entries: required(list(PARTNER_ENTRY, { min: 1, max: 20 })) },
  output: { FailedEntryCount: integer(), Entries: list(ENTRY_RESULT) },
  needs: () => ['*'],
  handle() {
    throw new AwsError(
      'OperationDisabledException',
      'The operation you are attempting is not available in this region.',
    );
  },
});
