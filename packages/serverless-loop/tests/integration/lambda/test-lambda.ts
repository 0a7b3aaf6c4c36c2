import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { ServiceSegment } from '../../../src/aws/segment.ts';
import type { Fact } from '../../../src/facts.ts';
import { keepWatchdog } from '../../../src/services/lambda/ending/watchdog.ts';
import {
  type InvokeRequest,
  type InvokeResult,
  type LambdaOptions,
  startLambda,
} from '../../../src/services/lambda/functions.ts';
import type { FunctionModel } from '../../../src/template/model.ts';
import { functionModel } from '../../unit/lambda/function-model.ts';

// One function comes after the other.
keepWatchdog();

export const place = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' } as const;

/** Takes what ends something, for when a test is over or all are. */
export type AtEnd = (end: () => void) => void;

/** One for all tests of a file: made before the first of them, by what ends it after the last. */
export function forAllTests<T>(make: (atEnd: AtEnd) => Promise<T>): () => T {
  const ends: (() => void)[] = [];
  let made: T | undefined;
  beforeAll(async () => {
    made = await make((end) => ends.unshift(end));
  });
  afterAll(async () => {
    for (const end of ends) await end();
  });
  return () => {
    if (made === undefined) throw new Error('asked for before the tests');
    return made;
  };
}

/** A folder of its own for a test, removed afterwards. */
export function testFolder(files: Record<string, string> = {}, atEnd: AtEnd = onTestFinished): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'lambda-test-')));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** A function whose code is a folder with these files, or with this index.js. */
export function folderFunction(
  code: string | Record<string, string>,
  changes: Partial<FunctionModel> = {},
  atEnd: AtEnd = onTestFinished,
): FunctionModel {
  const codeUri = testFolder(typeof code === 'string' ? { 'index.js': code } : code, atEnd);
  return functionModel({ code: { kind: 'folder', codeUri }, ...changes });
}

/** Runs functions, and stops them after the test. */
export async function testLambda(
  functions: FunctionModel[],
  options: Partial<LambdaOptions> = {},
  atEnd: AtEnd = onTestFinished,
) {
  const facts = factLog();
  const segments: ServiceSegment[] = [];
  const lambda = await startLambda({
    functions,
    place,
    endpoint: 'http://127.0.0.1:1',
    report: facts.report,
    recordSegment: (segment) => segments.push(segment),
    credentialsFor: () => ({ accessKeyId: 'AKIDFN', secretAccessKey: 'secret', sessionToken: 'token' }),
    xrayDaemonAddress: '127.0.0.1:2000',
    cacheDir: options.cacheDir ?? testFolder({}, atEnd),
    projectDir: '/',
    watch: false,
    // Processes are most of a test's work; those of a debugged function wait for the debugger.
    maxAhead: 0,
    ...options,
  });
  atEnd(() => lambda.stop());

  return {
    ...lambda,
    facts,
    segments,
    /** Invokes the first function, and reads its answer. */
    async call(
      event: unknown = {},
      request: Partial<InvokeRequest> = {},
    ): Promise<InvokeResult & { answer: unknown }> {
      const result = await lambda.invoke({
        functionName: functions[0]?.name ?? '',
        payload: Buffer.from(JSON.stringify(event)),
        requestId: randomUUID(),
        attempt: 1,
        ...request,
      });
      return { ...result, answer: JSON.parse(result.payload.toString()) };
    },
  };
}

/** Keeps every fact, and waits for one. */
export function factLog() {
  const all: Fact[] = [];
  const waiting = new Set<() => void>();
  function ofKind<K extends Fact['kind']>(kind: K): Extract<Fact, { kind: K }>[] {
    return all.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
  }
  return {
    report(fact: Fact): void {
      all.push(fact);
      for (const look of waiting) look();
    },
    ofKind,
    lines: (source: 'function' | 'platform'): string[] =>
      ofKind('log')
        .filter((fact) => fact.source === source)
        .map(({ line }) => line),
    /** Resolves when there are so many facts of a kind. */
    async until<K extends Fact['kind']>(kind: K, count = 1): Promise<Extract<Fact, { kind: K }>[]> {
      await new Promise<void>((resolve) => {
        const look = () => {
          if (ofKind(kind).length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
      return ofKind(kind);
    },
  };
}

/** True while a process lives; one that has ended may stay in the list until its parent has heard of it. */
export function isAlive(pid: number): boolean {
  const state = process.platform === 'linux' ? stateInProc(pid) : stateByPs(pid);
  return state !== '' && !state.startsWith('Z');
}

/** Without a process of its own: these tests ask often. */
function stateInProc(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2);
  } catch {
    return '';
  }
}

function stateByPs(pid: number): string {
  return spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
}
