import * as v from 'valibot';

const calls = {
  endpoint: v.string(),
  count: v.number(),
  /** The number of calls at any time. */
  atOnce: v.number(),
};
const table = { ...calls, tableName: v.string(), keyName: v.string() };

/** Query reads a page of a table that `fillPages` filled. */
const TABLE_OPERATIONS = ['PutItem', 'GetItem', 'UpdateItem', 'Query'] as const;

/** The ways in which a function is started; those of a queue one by one, or ten in a call. */
const SOURCES = [
  'invoke',
  'queue',
  'queue batch',
  'topic',
  'rule',
  'table',
  'stream',
  'bucket',
  'api',
] as const;

/** The client process is asked to do these, one at a time. */
const job = v.variant('kind', [
  v.object({ kind: v.literal('invoke'), ...calls, functionName: v.string(), payload: v.string() }),
  v.object({ kind: v.literal('table'), ...table, operation: v.picklist(TABLE_OPERATIONS) }),
  v.object({ kind: v.literal('socket table'), ...table, operation: v.picklist(TABLE_OPERATIONS) }),
  v.object({ kind: v.literal('sdk table'), ...table, operation: v.picklist(TABLE_OPERATIONS) }),
  /** `target`: the function's or stream's name, the queue's URL, the topic's ARN and so on. */
  v.object({ kind: v.literal('send'), ...calls, source: v.picklist(SOURCES), target: v.string() }),
  /** Requests of an HTTP API, without an SDK. */
  v.object({ kind: v.literal('request'), ...calls, path: v.string(), body: v.string() }),
  v.object({
    kind: v.literal('build'),
    codeUri: v.string(),
    entryPoint: v.string(),
    /** The template's BuildProperties. */
    properties: v.record(v.string(), v.unknown()),
  }),
]);

export type Source = (typeof SOURCES)[number];
export type TableOperation = (typeof TABLE_OPERATIONS)[number];

const done = v.object({
  /** From the first call to the last answer. */
  elapsedMs: v.number(),
  /** One a call, in the order of the answers. */
  latenciesMs: v.array(v.number()),
  answers: v.array(v.object({ requestId: v.string(), body: v.string() })),
});

const reply = v.union([v.object({ done }), v.object({ failed: v.string() })]);

export type Job = v.InferOutput<typeof job>;
export type Done = v.InferOutput<typeof done>;
export type Reply = v.InferOutput<typeof reply>;

export const parseJob = (message: unknown): Job => v.parse(job, message);
export const parseReply = (message: unknown): Reply => v.parse(reply, message);
