import { execFile, spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const PROGRAM = path.join(import.meta.dirname, 'boto3/caller.py');
const execute = promisify(execFile);
/** The protocols' answers for an operation that is not there. */
const UNKNOWN = ['UnknownOperationException', 'InvalidAction', 'NotImplemented'];

export interface BotoError {
  code: string;
  message: string;
  /** 0 when boto3 itself refused to send the request. */
  status: number;
}

export interface BotoResult {
  operations?: string[];
  output?: Record<string, unknown>;
  /** Absent where botocore knows no pages of the operation. */
  pages?: Record<string, unknown>[] | null;
  error?: BotoError;
  /** Parts of the raw answer that the service model that botocore ships doesn't allow. */
  problems: string[];
}

export interface BotoRequest {
  /** As boto3 calls it, e.g. `events` or `logs`. */
  service: string;
  /** As the API reference calls it, e.g. `PutEvents`; none asks for the names of all. */
  operation?: string;
  params?: Record<string, unknown>;
  /** Asks for a list in pages of one. */
  pages?: boolean;
  /** False sends what boto3 would refuse to: the loop has to refuse it. */
  validate?: boolean;
}

/** Calls operations with real boto3; every answer is held against the operation's model. */
export interface BotoCaller {
  call(request: BotoRequest): Promise<BotoResult>;
  /** The output; throws when there is an error or when the model doesn't allow the answer. */
  output(
    service: string,
    operation: string,
    params?: Record<string, unknown>,
  ): Promise<Record<string, unknown>>;
  /** The error; throws when there is none or when the model doesn't allow it. */
  refusal(service: string, operation: string, params?: Record<string, unknown>): Promise<BotoError>;
  /** The answers to a list in pages of one; undefined where botocore knows none. */
  pages(
    service: string,
    operation: string,
    params: Record<string, unknown>,
  ): Promise<Record<string, unknown>[] | undefined>;
  /** The operations that the loop emulates of all that the service's model has, asked by calling each without any input. */
  emulated(service: string): Promise<string[]>;
  /** The operations called so far that were answered, by `<service>.<operation>`. */
  answered: ReadonlySet<string>;
  stop(): void;
}

/** The Python that has boto3: the one the SAM CLI runs on. Undefined when there is none and REQUIRE_TOOLS doesn't demand it. */
export function findBoto(): Promise<string | undefined> {
  return findPython('boto3');
}

/** The same for any package. */
export async function findPython(packageName: string): Promise<string | undefined> {
  const pythons = (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, 'python3'));
  for (const python of pythons) if (await has(packageName, python)) return python;
  return process.env.REQUIRE_TOOLS === '1' ? 'python3' : undefined;
}

async function has(packageName: string, python: string): Promise<boolean> {
  try {
    await access(python);
    // To import it takes half a second, to find it next to none.
    const find = `from importlib.util import find_spec; exit(find_spec('${packageName}') is None)`;
    await execute(python, ['-c', find]);
    return true;
  } catch {
    return false;
  }
}

/** Starts one Python process, which takes any number of calls in turn. */
export function botoCaller(python: string, endpoint: string, region = 'eu-west-1'): BotoCaller {
  const child = spawn(python, ['-B', PROGRAM, endpoint, region], {
    // Nothing of the shell's AWS settings.
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const waiting: PromiseWithResolvers<BotoResult>[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(JSON.parse(line)));
  const refuseAll = () => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`boto3 ended: ${errors}`));
  };
  child.once('error', refuseAll);
  child.once('close', refuseAll);
  child.stdin.on('error', refuseAll);

  function call(request: BotoRequest): Promise<BotoResult> {
    const result = Promise.withResolvers<BotoResult>();
    waiting.push(result);
    child.stdin.write(`${JSON.stringify(request)}\n`);
    if (child.exitCode !== null) refuseAll();
    return result.promise;
  }

  const answered = new Set<string>();
  return {
    call,
    answered,
    async output(service, operation, params = {}) {
      const result = await call({ service, operation, params });
      if (!result.output || result.problems.length > 0) throw unexpected(operation, result);
      answered.add(`${service}.${operation}`);
      return result.output;
    },
    async refusal(service, operation, params = {}) {
      const result = await call({ service, operation, params, validate: false });
      if (!result.error || result.problems.length > 0) throw unexpected(operation, result);
      return result.error;
    },
    async pages(service, operation, params) {
      const result = await call({ service, operation, params, pages: true });
      if (result.pages === undefined || result.problems.length > 0) throw unexpected(operation, result);
      return result.pages ?? undefined;
    },
    async emulated(service) {
      const { operations = [] } = await call({ service });
      const results = await Promise.all(
        operations.map((operation) => call({ service, operation, validate: false })),
      );
      return operations.filter((_, at) => !UNKNOWN.includes(results[at]?.error?.code ?? ''));
    },
    stop: () => child.stdin.end(),
  };
}

function unexpected(operation: string, result: BotoResult): Error {
  return new Error(`${operation}: ${JSON.stringify(result, undefined, 2)}`);
}
