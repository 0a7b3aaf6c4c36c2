import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import type { DataFlow } from './data-flow.ts';
import type { MapRun } from './map-run.ts';
import { StateError } from './state-error.ts';
import { type Child, type Step, stateError } from './step.ts';

/** Takes the child executions of a run, in the order of its items, and resolves with the result of the Map. Rejects with StateError. */
export type WriteResults = (children: readonly (Child | undefined)[]) => Promise<unknown>;

/** The writer of a Map's results; undefined where there is none. Rejects with StateError. */
export async function resultWriter(
  step: Step,
  run: MapRun,
  input: unknown,
  flow: DataFlow,
): Promise<WriteResults | undefined> {
  const { ResultWriter } = step.state.fields;
  if (!isObject(ResultWriter)) return undefined;
  const { Resource, WriterConfig } = ResultWriter;
  const config = isObject(WriterConfig) ? WriterConfig : {};
  if (Resource === undefined) return async (children) => stateOutput(children, config);
  const given = ResultWriter.Parameters ?? ResultWriter.Arguments ?? {};
  const place = await flow.fill(step, given, 'ResultWriter', input, step.context);
  if (!isObject(place)) throw stateError(step, 'The parameters of a ResultWriter must be an object.');
  return (children) => exported(step, run, { place, config, children });
}

/** The results as the state gives them on (Step Functions guide, "ResultWriter (Map)", "WriterConfig"). */
function stateOutput(children: readonly (Child | undefined)[], config: JsonObject): unknown {
  const results = transformed(children, config, 'COMPACT');
  return config.OutputType === 'JSONL' ? asText(results, config) : results;
}

interface Export {
  place: JsonObject;
  config: JsonObject;
  children: readonly (Child | undefined)[];
}

/** Writes a file for each status and a manifest of them (the same page, "Exporting to Amazon S3"). */
async function exported({ tools, context, signal }: Step, run: MapRun, given: Export): Promise<JsonObject> {
  const { place, config, children } = given;
  const { Bucket, Prefix = '' } = place;
  const folder = [String(Prefix).replace(/\/$/, ''), run.arn.slice(run.arn.lastIndexOf(':') + 1)];
  const base = folder.filter((part) => part !== '').join('/');
  const call = { context, signal };
  const ended = children.filter((child) => child !== undefined);
  const ofStatus = (status: 'SUCCEEDED' | 'FAILED') =>
    ended.filter((child) => (child.outcome().status === 'SUCCEEDED') === (status === 'SUCCEEDED'));
  const write = async (status: 'SUCCEEDED' | 'FAILED') => {
    const own = ofStatus(status);
    if (own.length === 0) return [];
    const Body = asText(transformed(own, config, 'NONE'), config);
    const Key = `${base}/${status}_0.${config.OutputType === 'JSONL' ? 'jsonl' : 'json'}`;
    await tools.objects.write({ Bucket, Key, Body }, call);
    return [{ Key, Size: Buffer.byteLength(Body) }];
  };
  try {
    const ResultFiles = { FAILED: await write('FAILED'), PENDING: [], SUCCEEDED: await write('SUCCEEDED') };
    const Key = `${base}/manifest.json`;
    const Body = JSON.stringify({ DestinationBucket: Bucket, MapRunArn: run.arn, ResultFiles });
    await tools.objects.write({ Bucket, Key, Body }, call);
    return { MapRunArn: run.arn, ResultWriterDetails: { Bucket, Key } };
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    throw new StateError('States.ResultWriterFailed', error.causeText);
  }
}

function transformed(
  children: readonly (Child | undefined)[],
  { Transformation }: JsonObject,
  otherwise: string,
): unknown[] {
  const form = typeof Transformation === 'string' ? Transformation : otherwise;
  return children.flatMap((child) => {
    if (!child) return [];
    const { status, output } = child.outcome();
    if (form === 'NONE' || status !== 'SUCCEEDED') return [executionResult(child)];
    return form === 'FLATTEN' && Array.isArray(output) ? output : [output];
  });
}

function asText(results: readonly unknown[], { OutputType }: JsonObject): string {
  if (OutputType !== 'JSONL') return JSON.stringify(results);
  return results.map((result) => JSON.stringify(result)).join('\n');
}

/** All that a file tells of an execution (the same page, the examples of `SUCCEEDED_0.json` and `FAILED_0.json`). */
function executionResult({ names, input, startedMs, outcome }: Child): JsonObject {
  const { status, output, error, cause, stoppedMs } = outcome();
  const isSuccess = status === 'SUCCEEDED';
  return {
    ...(cause !== undefined && { Cause: cause }),
    ...(error !== undefined && { Error: error }),
    ExecutionArn: names.arn,
    Input: JSON.stringify(input),
    InputDetails: { Included: true },
    Name: names.name,
    ...(isSuccess && { Output: JSON.stringify(output), OutputDetails: { Included: true } }),
    RedriveCount: 0,
    RedriveStatus: isSuccess ? 'NOT_REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN',
    ...(isSuccess && { RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven' }),
    StartDate: new Date(startedMs).toISOString(),
    StateMachineArn: names.machineArn,
    Status: status,
    ...(stoppedMs !== undefined && { StopDate: new Date(stoppedMs).toISOString() }),
  };
}
