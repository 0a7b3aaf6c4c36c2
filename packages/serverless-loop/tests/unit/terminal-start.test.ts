import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { painter } from '../../src/cli/terminal/colour.ts';
import { resourceLines } from '../../src/cli/terminal/resource-lines.ts';
import { stackSummary } from '../../src/cli/terminal/stack-summary.ts';
import { stepRows } from '../../src/cli/terminal/step-rows.ts';
import { nextStepsOf, stepsAt, usualSteps } from '../../src/loop/next-steps.ts';
import type { ResourceReport } from '../../src/template/model.ts';
import type { Note } from '../../src/template/problem.ts';

const paint = painter(false);
const place = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' };

function report(
  logicalId: string,
  type: string,
  status: ResourceReport['status'] = 'emulated',
  reason?: string,
): ResourceReport {
  return { logicalId, type, physicalId: logicalId, line: 1, status, ...(reason && { reason }) };
}

const RESOURCES = [
  report('PackerRole', 'AWS::IAM::Role'),
  report('Parcels', 'AWS::SQS::Queue'),
  report('Late', 'AWS::SQS::Queue'),
  report('Packer', 'AWS::Lambda::Function'),
  report('Bus', 'AWS::Events::EventBus'),
  report('Archive', 'AWS::Events::Archive', 'accepted', 'events are not archived here'),
  report('PackerVersion1', 'AWS::Lambda::Version', 'accepted', 'runs the source'),
  report('CarrierVersion1', 'AWS::Lambda::Version', 'accepted', 'runs the source'),
  report('Steps', 'AWS::StepFunctions::StateMachine', 'not emulated', 'state machines are not emulated'),
];
const summary = (resources: ResourceReport[], columns?: number, notes: Note[] = []) =>
  stackSummary({ name: 'parcels', place, resources, notes }, { paint, columns });

describe('a stack in few rows', () => {
  test('says what runs and what has no effect, and names what is missing, with the line and the reason', () => {
    expect(summary(RESOURCES)).toEqual([
      'Stack parcels eu-west-1, account 000000000000',
      '  emulated      1 function, 1 event bus, 2 queues, 1 more (all: --resources)',
      '  no effect     Archive, 2 versions',
      '  not emulated  Steps, line 1: state machines are not emulated',
    ]);
  });

  test('sends nobody to the list of all that stands below it', () => {
    const rows = stackSummary(
      { name: 'parcels', place, resources: RESOURCES, notes: [] },
      { paint, columns: undefined, isListed: true },
    );
    expect(rows[1]).toBe('  emulated      1 function, 1 event bus, 2 queues, 1 more');
  });

  test('names what is unavailable and what is let pass, with the lines', () => {
    const rows = summary([report('Packer', 'AWS::Lambda::Function', 'unavailable', 'no code')], undefined, [
      { line: 7, logicalId: 'Parcels', message: 'Colour is dropped' },
      { line: 9, message: 'stands twice' },
    ]);
    expect(rows.slice(1)).toEqual([
      '  unavailable   Packer, line 1: no code',
      '  note          Parcels, line 7: Colour is dropped',
      '  note          line 9: stands twice',
    ]);
  });

  test('says nothing of what there is none of', () => {
    expect(summary([report('Parcels', 'AWS::SQS::Queue')])).toEqual([
      expect.stringContaining('Stack parcels'),
      '  emulated      1 queue',
    ]);
    expect(summary([])).toHaveLength(1);
  });

  test.each([40, 80, 200])(
    'fits a terminal of %i columns, and parts no number from what it counts',
    (columns) => {
      const rows = summary(RESOURCES, columns).join('\n').split('\n');
      expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(columns);
      expect(rows.filter((row) => /\d$/.test(row.replace('000000000000', '')))).toEqual([]);
    },
  );
});

describe('every resource', () => {
  test.each([40, 80])('has rows of its own on a terminal of %i columns', (columns) => {
    const rows = resourceLines(RESOURCES, paint, columns).join('\n').split('\n');
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(columns);
    for (const { logicalId } of RESOURCES)
      expect(rows).toContainEqual(expect.stringMatching(`^ {2}${logicalId}( |$)`));
  });

  test('has its line in a table where there is room for it', () => {
    expect(resourceLines(RESOURCES, paint, 200)).toEqual(resourceLines(RESOURCES, paint));
  });
});

describe('the next steps', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'next-steps-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const project = (text: string) => writeFileSync(path.join(folder, 'package.json'), text);

  test('are what the project says in its package.json', () => {
    project('{"loop": {"nextSteps": {"npm run pack": "packs a parcel", "npm run late": 1}}}');
    expect(nextStepsOf(folder)).toEqual([{ command: 'npm run pack', purpose: 'packs a parcel' }]);
  });

  test.each(['', '{', '[]', '{}', '{"loop": 1}', '{"loop": {"nextSteps": []}}'])(
    'are none where package.json is %j',
    (text) => {
      project(text);
      expect(nextStepsOf(folder)).toEqual([]);
    },
  );

  test('begin, at a loop elsewhere, with what points the others at it', () => {
    const step = { command: 'npm run pack', purpose: 'packs a parcel' };
    const commands = (endpoint: string) => stepsAt(endpoint, [step]).map(({ command }) => command);
    expect(commands('http://127.0.0.1:4580')).toEqual(['npm run pack', 'eval "$(npx serverless-loop env)"']);
    expect(commands('http://127.0.0.1:4581')).toEqual([
      'eval "$(npx serverless-loop env --endpoint http://127.0.0.1:4581)"',
      'npm run pack',
    ]);
  });

  test('are, where the project says none, a call of its first function, with the first event that lies there', () => {
    const functions = [{ logicalId: 'Hello', name: 'app-Hello-1' }];
    const commands = (endpoint: string) => {
      const { steps, withTools } = usualSteps(functions, folder);
      return stepsAt(endpoint, steps, withTools).map(({ command }) => command);
    };
    expect(commands('http://127.0.0.1:4580')).toEqual([
      'npx serverless-loop invoke Hello',
      'eval "$(npx serverless-loop env)"',
      'aws lambda invoke --function-name app-Hello-1 /dev/stdout',
    ]);
    mkdirSync(path.join(folder, 'events'));
    for (const file of ['notes.md', 'b.json', "a'; rm.json"])
      writeFileSync(path.join(folder, 'events', file), '{}');
    expect(commands('http://127.0.0.1:4581')).toEqual([
      'eval "$(npx serverless-loop env --endpoint http://127.0.0.1:4581)"',
      'npx serverless-loop invoke Hello -e events/b.json',
      'aws lambda invoke --function-name app-Hello-1 /dev/stdout',
    ]);
    expect(usualSteps([], folder)).toEqual({ steps: [], withTools: [] });
  });

  test('are none where there is no package.json', () => expect(nextStepsOf(folder)).toEqual([]));

  const STEPS = [
    { command: 'npm run pack -- -e events/parcel.json', purpose: 'packs a parcel' },
    { command: 'npm run late', purpose: 'lists the late ones' },
  ];

  test('stand beside what they are for', () => {
    expect(stepRows(STEPS, 80)).toEqual([
      '  npm run pack -- -e events/parcel.json  # packs a parcel',
      '  npm run late                           # lists the late ones',
    ]);
    expect(stepRows(STEPS, undefined)).toEqual(stepRows(STEPS, 80));
  });

  test('stand below what they are for on a narrow terminal, and are still commands to paste', () => {
    expect(stepRows(STEPS, 36).join('\n').split('\n')).toEqual([
      '  # packs a parcel',
      '  npm run pack -- -e \\',
      '      events/parcel.json',
      '  # lists the late ones',
      '  npm run late',
    ]);
  });
});
