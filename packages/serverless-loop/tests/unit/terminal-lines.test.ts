import { describe, expect, test } from 'vitest';
import { painter, wantsColour } from '../../src/cli/terminal/colour.ts';
import { factLine } from '../../src/cli/terminal/fact-line.ts';
import { factPrinter } from '../../src/cli/terminal/printer.ts';
import { resourceLines } from '../../src/cli/terminal/resource-lines.ts';
import { shortNames } from '../../src/cli/terminal/short-names.ts';
import { nothingTold } from '../../src/cli/terminal/told.ts';
import type { Fact } from '../../src/facts.ts';

const short = shortNames([
  {
    logicalId: 'Packer',
    name: 'dev-Packer-X1',
    arn: 'arn:aws:lambda:eu-west-1:000000000000:function:dev-Packer-X1',
  },
]);
const logged = (text: string, source: 'function' | 'platform' = 'function', functionName = 'f') =>
  ({
    kind: 'log',
    functionName,
    line: text,
    source,
    logGroup: 'g',
    logStream: 's',
    timestamp: 1,
  }) as const;
const plain = {
  paint: painter(false),
  short,
  platformLogs: false,
  verbose: false,
  ids: 'whole' as const,
  retrySpeed: 1,
  told: nothingTold(),
};

describe('a fact as a line', () => {
  test('tells of an alarm that changes, but not that nothing is wrong at first', () => {
    const changed = { kind: 'alarm.changed', alarmName: 'lost', reason: 'Threshold Crossed' } as const;
    expect(factLine({ ...changed, oldState: 'OK', newState: 'ALARM' }, plain)).toBe(
      'lost OK -> ALARM Threshold Crossed',
    );
    expect(factLine({ ...changed, oldState: 'INSUFFICIENT_DATA', newState: 'OK' }, plain)).toBeUndefined();
  });

  test('shows what would have been mailed', () => {
    const sent = { kind: 'notification.sent', topicName: 'news', messageId: 'm', subject: 'Late' } as const;
    expect(factLine({ ...sent, protocol: 'email', endpoint: 'robin@example.com' }, plain)).toBe(
      'news would be mailed to robin@example.com: Late',
    );
    expect(factLine({ ...sent, protocol: 'sqs', endpoint: 'box' }, plain)).toBe('news -> box notified');
  });

  test('names what the template names', () => {
    expect(
      factLine(
        {
          kind: 'delivery.retry',
          ruleName: 'parcels-rule',
          busName: 'parcels',
          eventId: 'e',
          targetArn: 'arn:aws:lambda:eu-west-1:000000000000:function:dev-Packer-X1',
          attempt: 1,
          delayMs: 1500,
          errorCode: 'THROTTLING',
          errorMessage: 'slow down',
        },
        plain,
      ),
    ).toBe('parcels-rule -> Packer THROTTLING, again in 1.5 s: slow down');
  });

  test('of a failure says in which trace it is, when it is in one', () => {
    const failure = {
      kind: 'invocation.ended',
      functionName: 'dev-Packer-X1',
      executedVersion: '1',
      requestId: 'r',
      attempt: 1,
      outcome: 'error',
      durationMs: 12,
      errorType: 'TapeEmpty',
      errorMessage: 'no tape',
    } as const;
    expect(factLine(failure, plain)).toBe('Packer failed after 12 ms: TapeEmpty: no tape');
    expect(factLine({ ...failure, requestId: 'other', traceId: '1-a-b' }, plain)).toBe(
      'Packer failed after 12 ms: TapeEmpty: no tape (trace\u00a01-a-b)',
    );
  });

  test.each([
    [true, 'Packer build failed, the last good code keeps serving\n    handler.ts:2:9: no'],
    [false, 'Packer build failed, there is no code to serve until it is fixed\n    handler.ts:2:9: no'],
  ])('of a failed build says what serves: earlier code %s', (isServing, line) => {
    const failure = { functionName: 'dev-Packer-X1', errors: ['handler.ts:2:9: no'], isServing };
    expect(factLine({ kind: 'build.failed', ...failure }, plain)).toBe(line);
  });

  test('of a structured log shows level, message and fields, without what stands around it', () => {
    const text = JSON.stringify({
      level: 'INFO',
      message: 'packed',
      timestamp: 't',
      service: 's',
      box: 7,
      who: 'me',
    });
    expect(factLine(logged(text, 'function', 'dev-Packer-X1'), plain)).toBe(
      'Packer | INFO packed box=7 who=me',
    );
  });

  test('of embedded metrics shows names and values', () => {
    const line = JSON.stringify({
      _aws: {
        Timestamp: 1,
        CloudWatchMetrics: [{ Namespace: 'n', Dimensions: [[]], Metrics: [{ Name: 'Packed' }] }],
      },
      Packed: 2,
    });
    expect(factLine(logged(line), plain)).toBe('f | METRIC Packed=2');
  });

  test.each(['plain text', '{"half": ', '{"level":1}', '[1]'])('of any other log is the log: %s', (line) => {
    expect(factLine(logged(line), plain)).toBe(`f | ${line}`);
  });

  test('of logs that no longer fit says that the oldest go', () => {
    expect(factLine({ kind: 'logs.full', maxBytes: 8 * 1024 * 1024 }, plain)).toBe(
      'CloudWatch Logs hold 8 MB: the oldest lines go',
    );
  });

  test('of the platform is shown only when asked for', () => {
    const fact = logged('START', 'platform');
    expect(factLine(fact, plain)).toBeUndefined();
    expect(factLine(fact, { ...plain, platformLogs: true })).toBe('f | START');
  });
});

describe('colours', () => {
  test('are there on a terminal only', () => {
    expect(wantsColour({ isTTY: true }, {})).toBe(true);
    expect(wantsColour({ isTTY: false }, {})).toBe(false);
    expect(wantsColour({}, {})).toBe(false);
    expect(wantsColour({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
  });

  test('obey NO_COLOR before FORCE_COLOR', () => {
    expect(wantsColour({ isTTY: true }, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false);
    expect(wantsColour({ isTTY: false }, { FORCE_COLOR: '1' })).toBe(true);
    expect(wantsColour({ isTTY: true }, { FORCE_COLOR: '0' })).toBe(false);
  });
});

test('every resource has its line with its status and the reason', () => {
  const lines = resourceLines(
    [
      { logicalId: 'A', type: 'AWS::SQS::Queue', physicalId: 'a', line: 1, status: 'emulated' },
      {
        logicalId: 'Topic',
        type: 'AWS::SNS::Topic',
        physicalId: 't',
        line: 2,
        status: 'not emulated',
        reason: 'no SNS',
      },
    ],
    painter(false),
  );
  expect(lines).toEqual([
    '  A      AWS::SQS::Queue  emulated    ',
    '  Topic  AWS::SNS::Topic  not emulated  no SNS',
  ]);
});

test('many alarms share a line', () => {
  const alarm = (logicalId: string) => ({
    logicalId,
    type: 'AWS::CloudWatch::Alarm',
    physicalId: logicalId,
    line: 1,
    status: 'emulated' as const,
  });
  const plain = (_: unknown, text: string) => text;
  const lines = (ids: string[]) => resourceLines(ids.map(alarm), plain);
  expect(lines(['First', 'Second', 'Third'])).toHaveLength(3);
  expect(lines(['First', 'Second', 'Third', 'Fourth'])).toEqual([
    expect.stringMatching(/^ {2}First and 3 more {2}AWS::CloudWatch::Alarm {2}emulated/),
  ]);
});

test('a fact for a machine is one line for every reader of lines', () => {
  let written = '';
  const stream = { write: (text: string) => (written += text) };
  const { report } = factPrinter({ json: true, platformLogs: false, stamp: () => '', stream });
  report(logged('one\u2028two\u2029three\r\nfour'));
  expect(written).not.toMatch(/[\r\u2028\u2029]|\n./);
  expect(JSON.parse(written)).toMatchObject({ line: 'one\u2028two\u2029three\r\nfour' });
});

test('a saved template says by name what is new, changed, removed and missing', () => {
  const file = 'template.yaml';
  const same: Fact = { kind: 'template.changed', file, added: [], changed: [], removed: [], missing: [] };
  expect(factLine(same, plain)).toBe('template.yaml was saved and runs: no resource is another');
  const changed: Fact = {
    kind: 'template.changed',
    file,
    added: ['Audit', 'Parcels'],
    changed: ['Greeter'],
    removed: ['Rule'],
    missing: ['template.yaml:7: Db: not emulated: no databases'],
  };
  expect(factLine(changed, plain)).toBe(
    'template.yaml was saved and runs: new Audit, Parcels; changed Greeter; removed Rule\n    template.yaml:7: Db: not emulated: no databases',
  );
  const errors = ['template.yaml:3: no', 'template.yaml:9: no'];
  expect(factLine({ kind: 'template.broken', file, errors }, plain)).toMatch(
    /is not run: all stays as it was.*\n {4}template\.yaml:3: no\n {4}template\.yaml:9: no$/,
  );
  const many = Array.from({ length: 20 }, (_, line) => `template.yaml:${line}: no`);
  const broken = { kind: 'template.broken', file, errors: many } as const;
  expect(factLine(broken, plain)).toMatch(/:4: no\n {4}… 15 more: a start tells all$/);
  expect(factLine(broken, { ...plain, verbose: true })).toMatch(/:19: no$/);
});

test('one story alone is told without the ids that tell requests and events apart', () => {
  const requestId = '3eea53bc-0000-4000-8000-000000000000';
  const ended = {
    kind: 'invocation.ended',
    functionName: 'f',
    executedVersion: '1',
    requestId,
    attempt: 1,
  } as const;
  const failed = {
    ...ended,
    durationMs: 20,
    outcome: 'error',
    errorType: 'Late',
    errorMessage: 'no box',
    traceId: '1-2-3',
  } as const;
  const started = {
    kind: 'invocation.started',
    executedVersion: '1',
    functionName: 'f',
    requestId,
    attempt: 1,
    coldStart: true,
  } as const;
  const lines = (ids: 'short' | 'none', verbose = false) =>
    [started, failed].map((fact) =>
      factLine(fact, { ...plain, ids, verbose, told: nothingTold() })?.replaceAll('\u00a0', ' '),
    );
  expect(lines('none')).toEqual(['f starts cold', 'f failed after 20 ms: Late: no box']);
  expect(lines('short')).toEqual([
    'f starts cold 3eea53bc…',
    'f failed after 20 ms: Late: no box (trace 1-2-3)',
  ]);
  expect(lines('none', true)[0]).toContain(requestId);
});
