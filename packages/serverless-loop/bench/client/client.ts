// The client process: does one job after the other for its parent, and ends with it.

import process from 'node:process';
import { buildBundle } from '../subjects/bundle-build.ts';
import { httpCaller } from './http-caller.ts';
import { type Done, type Job, parseJob, type Reply } from './job.ts';
import type { PreparedCalls } from './socket-calls.ts';
import { sourceSends } from './source-sends.ts';
import { plainCalls, rawCalls, sdkCalls } from './table-calls.ts';
import { type Call, timedCalls } from './timed-calls.ts';

interface Caller extends Partial<PreparedCalls> {
  call: Call;
  made: number;
}

/** Each with its open connections, from one job to the next. */
const callers = new Map<string, Caller>();

process.on('disconnect', () => process.exit());
process.on('message', (message) => {
  void run(parseJob(message))
    .then(
      (done): Reply => ({ done }),
      (error): Reply => ({ failed: error instanceof Error ? error.message : String(error) }),
    )
    .then((reply) => process.send?.(reply));
});

async function run(job: Job): Promise<Done> {
  if (job.kind === 'build') {
    return timedCalls({ from: 0, count: 1, atOnce: 1 }, async () => {
      await buildBundle(job);
      return undefined;
    });
  }
  const { count, atOnce, ...target } = job;
  const caller = callerOf(JSON.stringify(target), job);
  const from = caller.made;
  caller.made += count;
  caller.prepare?.(from, count);
  return timedCalls({ from, count, atOnce }, caller.call);
}

function callerOf(target: string, job: Exclude<Job, { kind: 'build' }>): Caller {
  const caller = callers.get(target) ?? { ...callsOf(job), made: 0 };
  callers.set(target, caller);
  return caller;
}

function callsOf(job: Exclude<Job, { kind: 'build' }>): Omit<Caller, 'made'> {
  switch (job.kind) {
    case 'invoke':
      return { call: invocations(job) };
    case 'table':
      return { call: rawCalls(job.operation, job) };
    case 'socket table':
      return plainCalls(job.operation, job);
    case 'send':
      return { call: sourceSends(job) };
    case 'request': {
      const call = httpCaller(job.endpoint, 'execute-api');
      return { call: () => call(job.path, { 'content-type': 'application/json' }, job.body) };
    }
    case 'sdk table':
      return { call: sdkCalls(job.operation, job) };
  }
}

function invocations({ endpoint, functionName, payload }: Extract<Job, { kind: 'invoke' }>): Call {
  const call = httpCaller(endpoint, 'lambda');
  const path = `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
  return () => call(path, { 'content-type': 'application/json' }, payload);
}
