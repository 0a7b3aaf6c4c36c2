import path from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { painter } from '../../src/cli/terminal/colour.ts';
import { factLine } from '../../src/cli/terminal/fact-line.ts';
import { factPrinter } from '../../src/cli/terminal/printer.ts';
import { nothingTold } from '../../src/cli/terminal/told.ts';

const OWN = path.join(process.cwd(), 'src', 'packer.ts');
const FRAMES = [
  `at pack (${OWN}:7:11)`,
  `at async deliver (${process.cwd()}/node_modules/carrier/index.js:1:2)`,
  `at ${process.cwd()}/packages/serverless-loop/runtime/serve.cjs:44:21`,
  'at new Promise (<anonymous>)',
  'at process.processTicksAndRejections (node:internal/process/task_queues:104:5)',
];
const STACK = ['TapeEmpty: no tape', ...FRAMES.map((frame) => `    ${frame}`)];
const OWN_ROWS = [
  '  TapeEmpty: no tape',
  '    at pack (src/packer.ts:7:11)',
  '    … 4 more in packages, Node and the loop: --verbose',
];

/** As Lambda's runtime logs what a function threw, with JSON logs and with text (aws/aws-lambda-nodejs-runtime-interface-client, src/LogPatch.js). */
const RUNTIME_JSON = JSON.stringify({
  timestamp: '2026-01-02T03:04:05.006Z',
  level: 'ERROR',
  requestId: 'r',
  message: { errorType: 'TapeEmpty', errorMessage: 'no tape', stackTrace: STACK },
});
const RUNTIME_TEXT = `2026-01-02T03:04:05.006Z\tr\tERROR\tInvoke Error \t${JSON.stringify({ errorType: 'TapeEmpty', errorMessage: 'no tape', stack: STACK })}`;
/** As Powertools' Logger does (its documentation, "Logging errors"). */
const POWERTOOLS = JSON.stringify({
  level: 'ERROR',
  message: 'packing failed',
  box: 7,
  error: { name: 'TapeEmpty', location: `${OWN}:7`, message: 'no tape', stack: STACK.join('\n') },
});

function terminal(more: { verbose?: boolean; retrySpeed?: number } = {}) {
  const options = {
    paint: painter(false),
    short: (name: string) => name,
    platformLogs: false,
    verbose: false,
    ids: 'whole' as const,
    retrySpeed: 1,
    told: nothingTold(),
    ...more,
  };
  return {
    log: (line: string, requestId = 'r') =>
      factLine(
        {
          kind: 'log',
          functionName: 'f',
          requestId,
          line,
          source: 'function',
          logGroup: 'g',
          logStream: 's',
          timestamp: 1,
        },
        options,
      ),
    failed: (attempt = 1) =>
      factLine(
        {
          kind: 'invocation.ended',
          functionName: 'f',
          executedVersion: '1',
          requestId: 'r',
          attempt,
          outcome: 'error',
          durationMs: 12,
          errorType: 'TapeEmpty',
          errorMessage: 'no tape',
          traceId: '1-a-b',
        },
        options,
      ),
    again: (reason = 'TapeEmpty: no tape') =>
      factLine(
        {
          kind: 'invocation.retry',
          functionName: 'f',
          executedVersion: '1',
          requestId: 'r',
          nextAttempt: 2,
          delayMs: 60_000,
          reason,
        },
        options,
      ),
  };
}

describe('an error in the terminal', () => {
  test.each([
    ['the function logged', POWERTOOLS, 'f | ERROR packing failed box=7'],
    ['the runtime logged', RUNTIME_JSON, 'f | ERROR'],
    ['the runtime logged as text', RUNTIME_TEXT, 'f | ERROR Invoke Error'],
  ])('that %s is rows of source files below its line, others than the own folded', (_, line, first) => {
    expect(terminal().log(line)?.split('\n')).toEqual([first, ...OWN_ROWS]);
  });

  test('that the runtime logged as text is printable too, whose JSON hides escapes, and keeps to its rows', () => {
    const concealed = '\u001b[8mTape\u001b[31mEmpty\nReady';
    const { log } = terminal();
    const stack = [`${concealed}: no\u001b[2Jtape`, `at pack\u001b[8m (${OWN}:7:11)`];
    const line = JSON.stringify({ errorType: concealed, errorMessage: 'no\u001b[2Jtape', stack });
    expect(log(`at\tr\tERROR\tInvoke Error \t${line}`)?.split('\n')).toEqual([
      'f | ERROR Invoke Error',
      '  TapeEmpty',
      '    Ready: no\u{FFFD}[2Jtape',
      '    at pack (src/packer.ts:7:11)',
    ]);
  });

  test('is shown once for each request, however often it is logged and tried again', () => {
    const { log, failed, again } = terminal();
    expect(log(POWERTOOLS)?.split('\n')).toHaveLength(4);
    expect(log(RUNTIME_JSON)).toBeUndefined();
    expect(failed()).toBe('f failed after 12 ms: TapeEmpty (trace\u00a01-a-b)');
    expect(again()).toBe('f attempt 2 in 60 s');
    expect(log(POWERTOOLS)).toBe('f | ERROR packing failed, as before');
    expect(log(RUNTIME_JSON)).toBeUndefined();
    expect(failed(2)).toBe('f failed after 12 ms: TapeEmpty');
    expect(log(POWERTOOLS, 'another')?.split('\n')).toHaveLength(4);
  });

  test('that nobody logged is told where the invocation ends', () => {
    const { failed, again } = terminal();
    expect(failed()).toBe('f failed after 12 ms: TapeEmpty: no tape (trace\u00a01-a-b)');
    expect(again()).toBe('f attempt 2 in 60 s');
  });

  test('is shown whole and each time where all is asked for', () => {
    const { log, failed, again } = terminal({ verbose: true });
    expect(log(POWERTOOLS)?.split('\n')).toHaveLength(2 + FRAMES.length);
    expect(log(RUNTIME_JSON)?.split('\n')).toHaveLength(2 + FRAMES.length);
    expect(failed()).toBe('f failed after 12 ms: TapeEmpty: no tape (trace\u00a01-a-b)');
    expect(again()).toBe('f attempt 2 in 60 s: TapeEmpty: no tape');
  });

  test('that a package threw on its own is told by its first frame', () => {
    const foreign = STACK.filter((row) => !row.includes(OWN));
    const line = JSON.stringify({
      level: 'ERROR',
      message: 'no',
      error: { name: 'Late', message: 'x', stack: foreign.join('\n') },
    });
    expect(terminal().log(line)?.split('\n')).toEqual([
      'f | ERROR no',
      '  Late: x',
      '    at async deliver (node_modules/carrier/index.js:1:2)',
      '    … 3 more in packages, Node and the loop: --verbose',
    ]);
  });

  test('that has a cause shows it', () => {
    const cause = {
      name: 'Torn',
      message: 'by hand',
      stack: `Torn: by hand\n    at tear (file://${OWN}:3:1)`,
    };
    const error = { name: 'TapeEmpty', message: 'no tape', stack: 'TapeEmpty: no tape', cause };
    expect(
      terminal()
        .log(JSON.stringify({ level: 'ERROR', message: 'no', error }))
        ?.split('\n'),
    ).toEqual([
      'f | ERROR no',
      '  TapeEmpty: no tape',
      '  caused by Torn: by hand',
      '    at tear (src/packer.ts:3:1)',
    ]);
  });

  test('that stands beside a text, as console.error writes both, shows its own members too', () => {
    const line = JSON.stringify({
      level: 'ERROR',
      message: 'no tape left TapeEmpty',
      errorType: 'TapeEmpty',
      errorMessage: 'no tape',
      stackTrace: STACK,
      rolls: 0,
    });
    expect(terminal().log(line)?.split('\n')).toEqual([
      'f | ERROR no tape left TapeEmpty rolls=0',
      ...OWN_ROWS,
    ]);
  });

  test('in a text is the text, its own frames below', () => {
    const line = ['2026-01-02T03:04:05.006Z\tr\tERROR\tTapeEmpty: no tape', ...STACK.slice(1)].join('\n');
    expect(terminal().log(line)?.split('\n')).toEqual([
      'f | 2026-01-02T03:04:05.006Z\tr\tERROR\tTapeEmpty: no tape',
      ...OWN_ROWS.slice(1),
    ]);
  });

  test('that looks like one and is none is a log line as any other', () => {
    const line = JSON.stringify({ level: 'INFO', message: 'm', error: { name: 'x', message: 'no stack' } });
    expect(terminal().log(line)).toBe('f | INFO m error={"name":"x","message":"no stack"}');
    expect(terminal().log('{"level":"ERROR","message":{"a":1}}')).toBe(
      'f | {"level":"ERROR","message":{"a":1}}',
    );
  });
});

test('a wait is told as AWS has it, and as it is here', () => {
  expect(terminal({ retrySpeed: 60 }).again('TooManyRequestsException')).toBe(
    'f attempt 2 in 60 s (1 s at --retry-speed 60): TooManyRequestsException',
  );
  const delivery = {
    kind: 'delivery.retry',
    ruleName: 'rule',
    busName: 'bus',
    eventId: 'e',
    targetArn: 'target',
    attempt: 1,
    delayMs: 1500,
    errorCode: 'THROTTLING',
    errorMessage: 'slow down',
  } as const;
  const options = {
    paint: painter(false),
    short: (name: string) => name,
    platformLogs: false,
    verbose: false,
    ids: 'whole' as const,
    told: nothingTold(),
  };
  expect(factLine(delivery, { ...options, retrySpeed: 30 })).toBe(
    'rule -> target THROTTLING, again in 1.5 s (0.05 s at --retry-speed 30): slow down',
  );
});

describe('what is printed', () => {
  const EVENT_ID = '4e2e3afd-b5ce-45c5-bcb5-6b5ea41e8caa';
  const written = (stream: { isTTY?: boolean; columns?: number }, verbose = false) => {
    let text = '';
    const write = (more: string) => {
      text += more;
    };
    const { report } = factPrinter({
      json: false,
      platformLogs: false,
      verbose,
      stamp: () => '00:00:00',
      stream: { write, ...stream },
    });
    report({ kind: 'event.published', busName: 'bus', eventId: EVENT_ID, source: 's', detailType: 'Packed' });
    report({ kind: 'table.written', tableName: 'table', operation: 'PutItem', key: `boxId=${EVENT_ID}` });
    return text.replaceAll(/.\[\d+m/g, '');
  };

  test.each([40, 80, 200])('on a terminal of %i columns has no longer row', (columns) => {
    const rows = written({ isTTY: true, columns }).split('\n');
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(columns);
  });

  test('on a terminal names others by the beginning of their id, but a key by the whole', () => {
    expect(written({ isTTY: true, columns: 80 })).toBe(
      `00:00:00  bus event "Packed" from s 4e2e3afd…\n00:00:00  table PutItem boxId=${EVENT_ID}\n`,
    );
    expect(written({ isTTY: true, columns: 40 })).toContain(`boxId=\n    ${EVENT_ID}\n`);
    expect(written({ isTTY: true, columns: 200 }, true)).toContain(`from s ${EVENT_ID}`);
  });

  test('into a file or a pipe is a line each, with whole ids', () => {
    expect(written({}).trimEnd().split('\n')).toEqual([
      `00:00:00  bus event "Packed" from s ${EVENT_ID}`,
      `00:00:00  table PutItem boxId=${EVENT_ID}`,
    ]);
  });
});
