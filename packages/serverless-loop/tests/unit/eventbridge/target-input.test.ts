import { describe, expect, test } from 'vitest';
import { AwsError } from '../../../src/aws/errors.ts';
import { DeliveryError } from '../../../src/services/eventbridge/delivery-error.ts';
import { compileInput } from '../../../src/services/eventbridge/target-input.ts';
import type { TargetModel } from '../../../src/template/model.ts';

const event = {
  version: '0',
  id: 'e-1',
  'detail-type': 'Box Packed',
  source: 'depot',
  account: '123456789012',
  time: '2026-11-23T09:30:00Z',
  region: 'eu-west-1',
  resources: ['r-1', 'r-2'],
  detail: { box: 7, fragile: true, note: null, label: 'north', size: { w: 2, unit: 'cm' }, tags: ['a', 'b'] },
};

const context = {
  ruleArn: 'arn:aws:events:eu-west-1:123456789012:rule/depot/packed',
  ruleName: 'packed',
  ingestionTime: '2026-11-23T09:30:01.000Z',
  eventText: JSON.stringify(event),
};

const plainTarget: TargetModel = {
  id: 'box-target',
  arn: 'arn:aws:lambda:eu-west-1:123456789012:function:packer',
  retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 },
};

function inputFor(ways: Partial<TargetModel>): string {
  return compileInput({ ...plainTarget, ...ways })(event, context);
}

function transformed(inputTemplate: string, inputPathsMap: Record<string, string> = paths): string {
  return inputFor({ inputTransformer: { inputPathsMap, inputTemplate } });
}

const paths = {
  label: '$.detail.label',
  size: '$.detail.size',
  tags: '$.detail.tags',
  box: '$.detail.box',
  fragile: '$.detail.fragile',
  nowhere: '$.detail.nowhere',
  type: '$.detail-type',
};

function refusal(compile: () => unknown): { code: string; message: string } {
  try {
    compile();
  } catch (error) {
    if (error instanceof AwsError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('was not refused');
}

describe('one of three ways, or none', () => {
  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html: "If none of the following arguments are specified … the entire event is passed"
  test('without any the target gets the whole event', () => {
    expect(inputFor({})).toBe(JSON.stringify(event));
  });

  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html, Input
  test('Input is a constant', () => {
    expect(inputFor({ input: '{"hello": 1}' })).toBe('{"hello": 1}');
  });

  test('Input that is no JSON is refused', () => {
    expect(refusal(() => inputFor({ input: '{hello}' })).code).toBe('ValidationException');
  });

  test('more than one is refused', () => {
    const message =
      'Only one of Input, InputPath, or InputTransformer must be provided for target box-target.';
    const inputTransformer = { inputPathsMap: {}, inputTemplate: '"x"' };
    const refused = { code: 'ValidationException', message };
    expect(refusal(() => inputFor({ input: '{}', inputPath: '$.detail' }))).toEqual(refused);
    expect(refusal(() => inputFor({ inputPath: '$.detail', inputTransformer }))).toEqual(refused);
    expect(refusal(() => inputFor({ input: '{}', inputTransformer }))).toEqual(refused);
  });
});

describe('InputPath', () => {
  test.each([
    ['$', event],
    ['$.detail', event.detail],
    ['$.detail.size.w', 2],
    ['$.detail.label', 'north'],
    ['$.detail-type', 'Box Packed'],
    ['$.resources[1]', 'r-2'],
    ['$.resources[*]', ['r-1', 'r-2']],
    ['$.detail.size.*', [2, 'cm']],
    ["$['detail']['tags'][0]", 'a'],
  ])('%s', (inputPath, expected) => {
    expect(JSON.parse(inputFor({ inputPath }))).toEqual(expected);
  });

  test.each(['detail', '$detail', '$..box', '$.detail[?(@.box)]', '$.detail[', ''])(
    '%j is refused',
    (inputPath) => {
      expect(refusal(() => inputFor({ inputPath })).code).toBe('ValidationException');
    },
  );
});

describe('InputTransformer', () => {
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
  test.each([
    ['a bare placeholder keeps its type', '{"n": <box>, "yes": <fragile>}', { n: 7, yes: true }],
    ['a bare string gets its quotes', '{"to": <label>}', { to: 'north' }],
    [
      'a bare object or list stays one',
      '{"s": <size>, "t": <tags>}',
      { s: { w: 2, unit: 'cm' }, t: ['a', 'b'] },
    ],
    ['a bare one in a list', '{"all": [<label>, "fixed"]}', { all: ['north', 'fixed'] }],
    ['inside quotes it is text', '{"to": "go <label>, box <box>"}', { to: 'go north, box 7' }],
    ['one may come twice', '{"p": "<label>/to/<label>"}', { p: 'north/to/north' }],
    ['deep inside', '{"a": {"b": {"c": "<label>"}}}', { a: { b: { c: 'north' } } }],
    ['a path that finds nothing gives an empty string, bare', '{"x": <nowhere>}', { x: '' }],
    ['a path that finds nothing gives an empty string, quoted', '{"x": "-<nowhere>-"}', { x: '--' }],
    ['an escaped quote closes no string', '{"x": "say \\"<label>\\" <box>"}', { x: 'say "north" 7' }],
    ['what is no placeholder stays', '{"x": "1 < 2 > 1 <label>"}', { x: '1 < 2 > 1 north' }],
  ])('JSON template: %s', (_fact, template, expected) => {
    expect(JSON.parse(transformed(template))).toEqual(expected);
  });

  test.each([
    ['text stands in it', '"<type> for <label>"', '"Box Packed for north"'],
    ['an object loses its quotes', '"of <size>"', '"of {w:2,unit:cm}"'],
    ['a list loses its quotes', '"of <tags>"', '"of [a,b]"'],
    ['other types are text', '"<box> <fragile>"', '"7 true"'],
    ['nothing found leaves nothing', '"a <nowhere> b"', '"a  b"'],
    ['brackets at its start make no JSON of it', '"{[/ <label>"', '"{[/ north"'],
    ['of several lines', '"<label>"\n"<tags> tags"', '"north"\n"[a,b] tags"'],
  ])('text template: %s', (_fact, template, expected) => {
    expect(transformed(template)).toBe(expected);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html: predefined variables
  test('JSON is minified, its texts left as they are', () => {
    expect(transformed('{\n  "to" : <label>,\n  "all": [ 9, <box>, "a  b" ]\n}')).toBe(
      '{"to":"north","all":[9,7,"a  b"]}',
    );
  });

  // EventBridge guide, "Transforming Amazon EventBridge target input", "Input Transform Examples".
  test.each([
    ['Simple string', '"instance <instance> is in <state>"', '"instance i-0123456789 is in RUNNING"'],
    [
      'String with escaped quotes',
      '"instance \\"<instance>\\" is in <state>"',
      '"instance \\"i-0123456789\\" is in RUNNING"',
    ],
    [
      'Simple JSON',
      '{\n  "instance" : <instance>,\n  "state": <state>\n}',
      '{"instance":"i-0123456789","state":"RUNNING"}',
    ],
    [
      'JSON with strings and variables',
      '{\n "instance" : <instance>,\n "state": "<state>",\n "instanceStatus": "instance \\"<instance>\\" is in <state>"\n}',
      '{"instance":"i-0123456789","state":"RUNNING","instanceStatus":"instance \\"i-0123456789\\" is in RUNNING"}',
    ],
    [
      'JSON with a mix of variables and static information',
      '{\n  "instance" : <instance>,\n  "state": [ 9, <state>, true ],\n  "Transformed" : "Yes"\n}\n',
      '{"instance":"i-0123456789","state":[9,"RUNNING",true],"Transformed":"Yes"}',
    ],
    [
      'Including reserved variables in JSON',
      '{\n  "ruleArn" : <aws.events.rule-arn>,\n  "ruleName" : <aws.events.rule-name>\n}',
      `{"ruleArn":"${context.ruleArn}","ruleName":"packed"}`,
    ],
    ['Including reserved variables in a string', '"<aws.events.rule-name> triggered"', '"packed triggered"'],
  ])('example of the guide: %s', (_fact, inputTemplate, expected) => {
    const instance = { ...event, detail: { 'instance-id': 'i-0123456789', state: 'RUNNING' } };
    const inputPathsMap = {
      timestamp: '$.time',
      instance: '$.detail.instance-id',
      state: '$.detail.state',
    };
    const make = compileInput({ ...plainTarget, inputTransformer: { inputPathsMap, inputTemplate } });
    expect(make(instance, context)).toBe(expected);
  });

  test('the predefined variables of the rule', () => {
    expect(
      transformed('"<aws.events.rule-arn> <aws.events.rule-name> <aws.events.event.ingestion-time>"'),
    ).toBe(`"${context.ruleArn} packed ${context.ingestionTime}"`);
  });

  test('the predefined event, whole and without its detail', () => {
    const made = JSON.parse(transformed('{"all": <aws.events.event.json>, "head": <aws.events.event>}'));
    const { detail: _detail, 'detail-type': detailType, ...head } = event;
    expect(made).toEqual({ all: event, head: { ...head, detailType } });
  });

  test('more than a target takes is not delivered', () => {
    const long = { ...event, detail: { text: 'x'.repeat(100_000) } };
    const transformer = {
      inputPathsMap: {},
      inputTemplate: `[${Array(300).fill('<aws.events.event.json>').join()}]`,
    };
    const make = compileInput({ ...plainTarget, inputTransformer: transformer });
    expect(() => make(long, context)).toThrow(
      expect.objectContaining({ name: 'DeliveryError', code: 'INVALID_PARAMETER', retryable: false }),
    );
  });

  test.each([
    ['an object inside quotes', '{"x": "of <size>"}'],
    ['a list inside quotes', '{"x": "<tags>"}'],
    ['text that is no JSON', '<label> of nothing'],
  ])('a JSON template that gives no JSON is not delivered: %s', (_fact, template) => {
    expect(() => transformed(template)).toThrow(
      expect.objectContaining({ name: 'DeliveryError', code: 'INVALID_JSON', retryable: false }),
    );
    expect(() => transformed(template)).toThrow(DeliveryError);
  });

  test('nothing is escaped', () => {
    const quoting = { ...event, detail: { label: 'a "b"' } };
    const make = (inputTemplate: string) =>
      compileInput({ ...plainTarget, inputTransformer: { inputPathsMap: paths, inputTemplate } });
    expect(make('"<label>"')(quoting, context)).toBe('"a "b""');
    expect(() => make('{"x": "<label>"}')(quoting, context)).toThrow(DeliveryError);
  });

  test('a placeholder that is not defined is refused', () => {
    expect(refusal(() => transformed('"<label> <nobody>"'))).toEqual({
      code: 'ValidationException',
      message: 'InputTemplate for target box-target contains invalid placeholder nobody.',
    });
  });

  test('names that every JavaScript object has are no predefined variables', () => {
    expect(refusal(() => transformed('"<constructor>"')).code).toBe('ValidationException');
  });

  test('a predefined name cannot be defined', () => {
    const map = { 'aws.events.rule-name': '$.id' };
    expect(refusal(() => transformed('"x"', map)).code).toBe('ValidationException');
  });

  // "The keys can't start with "AWS"", of letters, digits, - and _ (EventBridge API reference, "InputTransformer").
  test.each(['AWS', 'AWS.own', 'a b', 'a.b', ''])('a path may not be named %j', (name) => {
    expect(refusal(() => transformed('"x"', { [name]: '$.id' })).code).toBe('ValidationException');
  });

  test('a path that is none is refused', () => {
    expect(refusal(() => transformed('"<x>"', { x: 'detail' })).code).toBe('ValidationException');
  });

  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html
  test('100 paths and 8,192 characters are allowed, one more of either is refused', () => {
    const map = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, '$.id']));
    const template = (length: number) => `"${'x'.repeat(length - 2)}"`;
    expect(transformed(template(8_192), map(100))).toHaveLength(8_192);
    expect(refusal(() => transformed(template(8_193), {})).code).toBe('ValidationException');
    expect(refusal(() => transformed('"x"', map(101))).code).toBe('ValidationException');
    expect(refusal(() => transformed('', {})).code).toBe('ValidationException');
  });
});
