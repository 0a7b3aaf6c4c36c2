import type { Overload } from './limiting-proxy.ts';

// The answer of each service over its quota, at four times that quota: more than the three attempts of an SDK client
// make up for, so that whole invocations fail too.

const times = 4;

/** PutEvents answers 200 and says of the entry that it was refused ("PutEventsResultEntry"). */
export const ENTRIES_THROTTLED: Overload = {
  times,
  refusal: {
    status: 200,
    body: {
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' }],
    },
  },
};

export const CALLS_THROTTLED: Overload = {
  times,
  refusal: { status: 400, body: { __type: 'ThrottlingException', message: 'Rate exceeded' } },
};

/** DynamoDB guide, "Error handling with DynamoDB": an on-demand table beyond twice its peak. */
export const TABLE_THROTTLED: Overload = {
  times,
  refusal: {
    status: 400,
    body: {
      __type: 'com.amazon.coral.availability#ThrottlingException',
      message: 'Throughput exceeds the current capacity of your table or index.',
    },
  },
};
