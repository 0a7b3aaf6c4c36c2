// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how variables of policies, labels and Fn::Sub are written
import { describe, expect, test } from 'vitest';
import { patternMatcher } from '../../../src/aws/allowed-pattern.ts';
import { compilePath } from '../../../src/aws/json-path.ts';
import type { MetricQuery } from '../../../src/aws/metric.ts';
import { readXml } from '../../../src/aws/xml-reader.ts';
import { parseForm } from '../../../src/gateway/protocols/form.ts';
import { parseAlarmRule } from '../../../src/services/cloudwatch/alarms/rule.ts';
import { dynamicLabel } from '../../../src/services/cloudwatch/labels.ts';
import { fill } from '../../../src/services/cloudwatch/math/fill.ts';
import type { Series } from '../../../src/services/cloudwatch/math/values.ts';
import { MetricStore } from '../../../src/services/cloudwatch/metric-store.ts';
import { runQueries } from '../../../src/services/cloudwatch/run-queries.ts';
import { compileTransformer } from '../../../src/services/eventbridge/input-transformer.ts';
import { compactJson } from '../../../src/services/eventbridge/json.ts';
import { compilePattern } from '../../../src/services/eventbridge/pattern/pattern.ts';
import { checkConditions } from '../../../src/services/iam/conditions.ts';
import { matchesArn, matchesPattern } from '../../../src/services/iam/pattern.ts';
import { destinationRecord } from '../../../src/services/lambda/async/destination-record.ts';
import { functionEnding } from '../../../src/services/lambda/environments/function-ending.ts';
import { causeOf } from '../../../src/services/lambda/telemetry/function-segment-cause.ts';
import { parseFilter } from '../../../src/services/xray/filter/parser.ts';
import { assembleTrace } from '../../../src/services/xray/trace/trace.ts';
import { summarizeTemplate } from '../../../src/template/summary.ts';
import { parseParameterOverrides } from '../../../src/template/values/parameter-overrides.ts';
import { onlyInMatrix, sampleOf } from '../../matrix.ts';
import { matching } from '../logs/matching.ts';
import { problemsOf } from '../template/load.ts';

/*
 * Every expression that a caller or a template brings, each on what it would choke on: it ends. What the engine's own
 * backtracking or a product of lengths would make of these takes minutes at the least, so that the deadline, which is not a
 * measure of speed, tells the one from the other on any machine.
 */
const DEADLINE_MS = 120_000;
const NO_CONTEXT = new Map<string, string>();

describe('templates', () => {
  test(
    'AllowedPattern',
    () => {
      expect(patternMatcher(20)('(a|a)*', `${'a'.repeat(100)}!`)).toBe('too slow');
    },
    DEADLINE_MS,
  );

  test(
    'YAML in itself, by nesting and by aliases',
    () => {
      for (const opening of sampleOf(['{a: ', '['], 1))
        expect(() => summarizeTemplate(opening.repeat(20_000))).toThrow('nested too deeply');
      const names = [...'abcdefghijkl'];
      const laughs = names.map((name, at) => `${name}: &${name} [${`*${names[at - 1]}, `.repeat(9)}]`);
      expect(() => summarizeTemplate(['a: &a [x]', ...laughs.slice(1)].join('\n'))).toThrow('aliases');
    },
    DEADLINE_MS,
  );

  test(
    'Fn::Sub and Fn::Join that double their text',
    () => {
      const named = (name: string) =>
        `Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: ${name}}}}`;
      const doubled = (depth: number): string =>
        depth === 0 ? 'x' : `{"Fn::Sub": ["\${a}\${a}", {a: ${doubled(depth - 1)}}]}`;
      expect(problemsOf(named(doubled(30)))).toEqual([
        'template.yaml:1: Q: Fn::Sub: makes a text of more than 1048576 characters',
      ]);
      const joined = `{"Fn::Join": ["${'x'.repeat(10_000)}", {"Fn::Split": [",", "${','.repeat(1_000)}"]}]}`;
      expect(problemsOf(named(joined))).toEqual([
        'template.yaml:1: Q: Fn::Join: makes a text of more than 1048576 characters',
      ]);
      expect(problemsOf(named(`{"Fn::Sub": "${'${'.repeat(100_000)}"}`))).toHaveLength(1);
    },
    DEADLINE_MS,
  );

  test(
    'JSON in texts: inputs of targets, and dashboards',
    () => {
      const rule = `Resources: {R: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [a]}, Targets: [{Id: t, Arn: 'arn:aws:sqs:eu-west-1:123456789012:q', Input: '${deepJson(1_000)}'}]}}}`;
      expect(problemsOf(rule).join()).toContain('Input, expected JSON as text');
      const board = `Resources: {D: {Type: AWS::CloudWatch::Dashboard, Properties: {DashboardBody: '${deepJson(1_000)}'}}}`;
      expect(problemsOf(board).join()).toContain('nested more than 256 deep');
    },
    DEADLINE_MS,
  );

  test(
    'conditions that name each other twice',
    () => {
      const conditions = Array.from(
        { length: 60 },
        (_, at) => `  C${at + 1}: !And [{Condition: C${at}}, {Condition: C${at}}]`,
      );
      const source = `Conditions:\n  C0: !Equals [a, a]\n${conditions.join('\n')}\nResources: {Q: {Type: AWS::SQS::Queue}}`;
      expect(problemsOf(source)).toEqual([]);
    },
    DEADLINE_MS,
  );

  test(
    'parameter overrides',
    () => {
      const words = parseParameterOverrides(`A=${'"\'\\'.repeat(30_000)}`);
      expect(Object.keys(words)).toEqual(['A']);
    },
    DEADLINE_MS,
  );
});

describe('EventBridge', () => {
  test(
    'patterns over arrays, whose elements multiply',
    () => {
      const fields = Array.from({ length: 30 }, (_, at) => `f${at}`);
      const event = Object.fromEntries(fields.map((field) => [field, Array(30).fill({ x: 1, y: 1 })]));
      const asking = (last: number) =>
        compilePattern(
          Object.fromEntries(fields.map((field, at) => [field, { x: [at < 29 ? 1 : last], y: [1] }])),
        );
      expect(asking(2)(event)).toBe(false);
      expect(asking(1)(event)).toBe(true);
    },
    DEADLINE_MS,
  );

  test(
    'patterns over keys with dots, which make several arrays of one path',
    () => {
      const array = () =>
        Array.from({ length: 20 }, () => ({ x1: 1, x2: 1, x3: 1, x4: 1, x5: 1, x6: 1, x7: 1 }));
      const event = {
        a: { b: { c: { d: array() }, 'c.d': array() }, 'b.c': { d: array() }, 'b.c.d': array() },
        'a.b': { c: { d: array() }, 'c.d': array() },
        'a.b.c': { d: array() },
        'a.b.c.d': array(),
      };
      const fields = Object.fromEntries([1, 2, 3, 4, 5, 6].map((at) => [`x${at}`, [1]]));
      expect(compilePattern({ a: { b: { c: { d: { ...fields, x7: [2] } } } } })(event)).toBe(false);
      expect(compilePattern({ a: { b: { c: { d: { ...fields, x7: [1] } } } } })(event)).toBe(true);
    },
    DEADLINE_MS,
  );

  test(
    'paths of two thousand steps',
    () => {
      const path = Array(1_500).fill('a').join('.');
      const nested = Array(1_500)
        .fill('a')
        .reduce<unknown>((inner, key) => ({ [key]: inner }), 'x');
      const matches = compilePattern({ [path]: ['x'] });
      expect(matches(Object(nested))).toBe(true);
      expect(matches({ [path]: 'x' })).toBe(true);
      expect(matches({ 'a.a': nested })).toBe(false);
    },
    DEADLINE_MS,
  );

  test(
    'wildcards on a long text',
    () => {
      const matches = compilePattern({ a: [{ wildcard: '*ab*ab*c' }] });
      expect(matches({ a: 'ab'.repeat(500_000) })).toBe(false);
    },
    DEADLINE_MS,
  );

  test(
    'JSON paths, with wildcards in each other, and input templates',
    () => {
      const read = compilePath(`$${'[*]'.repeat(1_000)}`);
      expect(read?.({ a: [[[1]]] })).toBeUndefined();
      expect(compilePath(`$${'['.repeat(100_000)}`)).toBeUndefined();
      expect(() =>
        compileTransformer('t', { inputPathsMap: {}, inputTemplate: '<a'.repeat(4_096) }),
      ).not.toThrow();
    },
    DEADLINE_MS,
  );

  test(
    'a detail of escapes and quotation marks',
    () => {
      expect(compactJson(JSON.stringify({ a: '"\n'.repeat(200_000) }))).toHaveLength(800_008);
    },
    DEADLINE_MS,
  );
});

describe('CloudWatch', () => {
  const hour = { fromMs: 0, toMs: 3_600_000 };
  const queryOf = (expression: string): MetricQuery => ({
    id: 'e',
    expression,
    returnsData: true,
    periodSeconds: 1,
  });
  const run = (expression: string, span = hour) => runQueries(new MetricStore(), [queryOf(expression)], span);

  onlyInMatrix(() => {
    test(
      'metric math: parentheses, and operations on as many values as there may be',
      () => {
        expect(() => run('('.repeat(100_000))).toThrow('nested 100 deep');
        expect(() => run('-'.repeat(100_000))).toThrow('nested 100 deep');
        const sum = Array(500).fill('TIME_SERIES(1)').join('+');
        expect(() => run(sum, { fromMs: 0, toMs: 300_000_000 })).toThrow('make more than 2000000 values');
      },
      DEADLINE_MS,
    );
  });

  onlyInMatrix(() => {
    test(
      'FILL of a series with as many holes as values',
      () => {
        const grid = Array.from({ length: 400_000 }, (_, at) => at * 1_000);
        const points = new Map(grid.filter((_, at) => at % 2 === 1).map((atMs) => [atMs, atMs]));
        const series: Series = { kind: 'series', grid: () => grid, points, periodSeconds: 1, label: '' };
        for (const name of ['REPEAT', 'LINEAR']) {
          const filled = fill([series, { kind: 'word', name }]);
          expect(filled.kind === 'series' && filled.points.get(200_000)).toBe(
            name === 'REPEAT' ? 199_000 : 200_000,
          );
        }
      },
      DEADLINE_MS,
    );
  });

  test(
    'labels',
    () => {
      const points = Array.from({ length: 10_000 }, (_, at) => [at, 1] as const);
      expect(dynamicLabel('${'.repeat(500_000), points, undefined, '+0000')).toHaveLength(1_000_000);
      expect(dynamicLabel('${SUM}'.repeat(100_000), points, undefined, '+0000')).toHaveLength(500_000);
    },
    DEADLINE_MS,
  );

  test(
    'alarm rules',
    () => {
      expect(() => parseAlarmRule(`ALARM("${'\\a'.repeat(500_000)}`)).toThrow('without an end');
      expect(() => parseAlarmRule('('.repeat(500_000))).toThrow('more than 500 elements');
      expect(() => parseAlarmRule('NOT '.repeat(200_000))).toThrow('more than 500 elements');
    },
    DEADLINE_MS,
  );
});

describe('CloudWatch Logs', () => {
  test(
    'expressions within percent signs on a long line',
    () => {
      expect(matching(`%${'a*'.repeat(100)}b%`)('a'.repeat(100_000))).toBe(false);
      expect(() => matching(`%${'a{999}'.repeat(50)}%`)).toThrow('Invalid regex');
      expect(() => matching(`%${'a{0,999}|'.repeat(50)}a%`)).toThrow('Invalid regex');
    },
    DEADLINE_MS,
  );

  onlyInMatrix(() => {
    test(
      'the longest expressions on the longest event',
      () => {
        const line = 'ab'.repeat(524_288);
        const expressions = [
          'a{0,1000}c',
          'a.{1000}c',
          `${'a?'.repeat(500)}c`,
          `${'[ab]*'.repeat(200)}c`,
          `${'a.*b.*'.repeat(170)}c`,
          Array(250).fill('a*c').join('|'),
        ];
        for (const expression of sampleOf(expressions, 2))
          expect(matching(`?%${expression}% ?%${expression}%`)(line)).toBe(false);
        expect(matching(`%${'[ab]?'.repeat(200)}b$%`)(line)).toBe(true);
      },
      DEADLINE_MS,
    );
  });

  test(
    'space-delimited patterns on a line of brackets and quotation marks',
    () => {
      const matches = matching('[first = x, ...]');
      for (const piece of sampleOf(['[ ', '" ', '[ "', '"a', '[]x '], 2))
        expect(matches(piece.repeat(250_000))).toBe(false);
    },
    DEADLINE_MS,
  );

  test(
    'JSON patterns, and terms',
    () => {
      expect(() => matching(`{${'('.repeat(500)} $.a = 1 }`)).toThrow('Expected');
      expect(matching('{ $.a[*] = 1 }')(`{"a":${'['.repeat(100_000)}`)).toBe(false);
      expect(() => matching(`"${'\\'.repeat(1_001)}`)).toThrow('Unclosed quotes');
    },
    DEADLINE_MS,
  );
});

/** JSON that `JSON.parse` takes and `JSON.stringify` doesn't. */
const deepJson = (levels: number) => `{"deep":${'['.repeat(levels)}${']'.repeat(levels)}}`;

describe('what functions send', () => {
  const ending = (payload: Buffer) =>
    functionEnding('r-1', { kind: 'answer', errorType: 'Error', body: payload });

  test(
    'errors of lists, of keys, and with rows that are nearly frames of a stack',
    () => {
      const members = Array.from({ length: 300_000 }, (_, at) => `"k${at}":1`);
      for (const text of [deepJson(3_000_000), `{"trace":{${members.join(',')}}}`]) {
        const payload = Buffer.from(text);
        expect(ending(payload)).toMatchObject({ outcome: 'error', errorType: 'Error' });
        expect(causeOf(ending(payload)).exceptions[0]).not.toHaveProperty('stack');
      }
      const rows = [
        `at ${' ('.repeat(500_000)}`,
        `at ${':1'.repeat(500_000)}:`,
        `at ${'a (b:1'.repeat(500_000)}`,
      ];
      const payload = Buffer.from(JSON.stringify({ trace: [...rows, '    at work (/a (b)/c.js:3:4)'] }));
      expect(causeOf(ending(payload)).exceptions[0]?.stack).toEqual([
        { path: expect.any(String), line: 3, label: expect.any(String) },
      ]);
    },
    DEADLINE_MS,
  );

  test(
    'records of invocations whose payload is nested deeply',
    () => {
      const event = { functionName: 'f', requestId: 'r-1', payload: Buffer.from(deepJson(9_000)) };
      const record = destinationRecord(
        { event, condition: 'Success', invokeCount: 1 },
        'arn',
        new Date(0),
        'arn:aws:sqs:eu-west-1:123456789012:queue',
      );
      expect(JSON.parse(record)).toMatchObject({ requestPayload: deepJson(9_000) });
    },
    DEADLINE_MS,
  );

  test(
    'trace segments that are nested deeply',
    () => {
      const head = '"id":"6226467e3f845502","name":"n","start_time":1,"end_time":2';
      const documents = [
        `{${head}}`,
        `{${head},"metadata":${deepJson(30_000)}}`,
        `{${`${head},"subsegments":[{`.repeat(1_100)}${head}${'}]'.repeat(1_100)}}`,
      ];
      const trace = assembleTrace({ id: '1-5759e988-bd862e3fe1be46a994272793', documents, sizeBytes: 0 });
      expect(trace?.segments).toHaveLength(1);
      expect(JSON.stringify(trace)).not.toContain('metadata');
    },
    DEADLINE_MS,
  );
});

test(
  'X-Ray: filter expressions',
  () => {
    const filter = (expression: string) => parseFilter(expression, '123456789012');
    expect(() => filter(`annotation[${' '.repeat(20_000)}`)).toThrow('unexpected "["');
    expect(() => filter(`annotation[a${' '.repeat(20_000)}`)).toThrow('unexpected "["');
    expect(() => filter('('.repeat(100_000))).toThrow('no more than 100 levels');
    expect(() => filter(`"${'\\a'.repeat(100_000)}`)).toThrow('unexpected');
    expect(() => filter(`${'!'.repeat(100_001)}ok`)).not.toThrow();
  },
  DEADLINE_MS,
);

describe('IAM', () => {
  test(
    'wildcards, variables and ARNs of policies',
    () => {
      expect(matchesPattern(`${'a*'.repeat(5_000)}b`, 'a'.repeat(5_000), NO_CONTEXT)).toBe(false);
      expect(matchesPattern('${'.repeat(500_000), 'x', NO_CONTEXT)).toBe(false);
      expect(matchesArn(':'.repeat(500_000), 'arn:aws:s3:::a', NO_CONTEXT)).toBe(false);
      expect(matchesArn('${'.repeat(500_000), 'arn:aws:s3:::a', NO_CONTEXT)).toBe(false);
    },
    DEADLINE_MS,
  );

  test(
    'the names of operators',
    () => {
      const name = `${'IfExists'.repeat(50_000)}!`;
      expect(checkConditions({ [name]: {} }, NO_CONTEXT)).toEqual({ unknownOperator: name });
    },
    DEADLINE_MS,
  );
});

test(
  'S3: documents of XML',
  () => {
    const sources = [
      '<a>'.repeat(500_000),
      `<a>${'<b/>'.repeat(500_000)}</a>`,
      `<a ${'b '.repeat(500_000)}`,
      `<a>${'&'.repeat(500_000)}</a>`,
      `<a>${'<!--'.repeat(500_000)}</a>`,
      `<a>${'&lt;'.repeat(1_000_001)}</a>`,
      `<a>${'<!---->'.repeat(1_000_001)}</a>`,
      `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`,
    ];
    for (const source of sampleOf(sources, 3)) expect(() => readXml(source)).toThrow('not well-formed');
  },
  DEADLINE_MS,
);

test(
  'forms: parameters in each other, and more than a call has',
  () => {
    expect(() => parseForm(`${'a.'.repeat(500_000)}=1`)).toThrow('nested too deeply');
    expect(() => parseForm('a=1&'.repeat(500_000))).toThrow('more than 30000 parameters');
    const wide = Array.from({ length: 30_000 }, (_, at) => `k${at}${'.a'.repeat(10)}=1`);
    expect(() => parseForm(wide.join('&'))).toThrow('more than 50000 structures');
    expect(Object.keys(parseForm(wide.slice(0, 5_000).join('&')))).toHaveLength(5_000);
    expect(() => parseForm(`a=${'%41'.repeat(2_000_000)}`)).toThrow('more than 4194304 characters');
  },
  DEADLINE_MS,
);
