import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../src/aws/errors.ts';
import { parseFilter } from '../../../src/services/xray/filter/parser.ts';
import { id, place, START, segment, subsegment, traceOf } from './documents.ts';

const trace = traceOf(
  segment({
    origin: 'AWS::Lambda',
    end_time: START + 2,
    http: {
      response: { status: 200 },
      request: { url: 'http://depot.example.com/v2/boxes', method: 'POST' },
    },
    resource_arn: 'arn:aws:lambda:eu-west-1:123456789012:function:packer',
    user: 'robin',
  }),
  segment({
    id: id('d'),
    name: 'packer',
    origin: 'AWS::Lambda::Function',
    parent_id: id('a'),
    fault: true,
    cause: { exceptions: [{ id: id('9'), type: 'TapeEmpty', message: 'no tape' }] },
    annotations: { box: 7, fragile: true, shelf: 'A-"1"', 'aisle.north': 'n', open: false },
  }),
  subsegment({
    parent_id: id('d'),
    name: 'DynamoDB',
    namespace: 'aws',
    aws: { operation: 'PutItem', table_name: 'boxes' },
    throttle: true,
    error: true,
  }),
);

function matches(expression: string): boolean {
  return parseFilter(expression, place.accountId)(trace);
}

describe('a filter expression that matches', () => {
  // https://docs.aws.amazon.com/xray/latest/devguide/xray-console-filters.html
  it.each([
    '',
    '  ',
    'ok',
    'OK = true',
    '!error',
    '!fault AND !throttle AND !partial',
    'not fault',
    'responsetime > 1.9',
    'responsetime >= 2 AND duration <= 2e0',
    'duration != 3',
    'http.status = 200',
    'http.status < 300 && http.status > 199',
    'http.url BEGINSWITH "http://depot" and http.url contains "/v2/" AND http.url ENDSWITH "boxes"',
    'http.method = "POST"',
    'user = "robin"',
    'name = "boxes"',
    'type = "AWS::Events" OR type = "AWS::DynamoDB::Table"',
    'message CONTAINS "tape"',
    'resource.arn ENDSWITH ":packer"',
    'annotation.box = 7',
    'annotation.box >= 7 AND annotation.box < 8',
    'annotation[box] = 7',
    'annotation["box"] = 7',
    'annotation.fragile = true',
    'annotation.fragile',
    '!annotation.open',
    'annotation.shelf = "A-\\"1\\""',
    "annotation.shelf BEGINSWITH 'A-'",
    'annotation[aisle.north] = "n"',
    'annotation.aisle.north = "n"',
    '!annotation.nothing',
    'service("packer")',
    'service("boxes")',
    'service("packer") { fault }',
    'service(id(name: "packer", type: "AWS::Lambda::Function")) { fault = true AND annotation.box = 7 }',
    '!service(id(name: "packer", type: "AWS::Lambda")) { fault }',
    'service(id(type: "AWS::DynamoDB::Table", account.id: "123456789012")) { throttle }',
    'service() { error }',
    'service("packer") {}',
    'edge("packer", "packer")',
    'edge("packer", "boxes") { throttle AND error }',
    'edge(id(type: "AWS::Lambda"), id(type: "AWS::Lambda::Function")) { fault }',
    'id(name: "boxes")',
    'inferred',
    'root',
    'ok !partial duration < 3',
    'fault OR ok AND error OR http.status = 200',
    '(fault OR ok) AND !(error OR throttle)',
  ])('%s', (expression) => {
    expect(matches(expression)).toBe(true);
  });
});

describe('a filter expression that does not', () => {
  it.each([
    'fault',
    'error = true',
    'ok = false',
    'partial',
    'responsetime > 2',
    'http.status != 200',
    'http.useragent = "curl"',
    'user = "Robin"',
    'annotation.box = "7"',
    'annotation.box > 7',
    'annotation.open',
    'annotation.nothing != 1',
    'service("pack")',
    'service("packer") { throttle }',
    'service("nobody") {}',
    'edge("boxes", "packer")',
    'id(name: "boxes", type: "AWS::Lambda")',
    'id(name: "boxes", account.id: "000000000000")',
    'ok AND (fault OR error)',
    'fault OR ok AND error',
  ])('%s', (expression) => {
    expect(matches(expression)).toBe(false);
  });
});

describe('an expression that is none', () => {
  it.each([
    ['fautl', /position 0: expected a keyword of X-Ray filter expressions, found "fautl"/],
    ['ok AND', /position 6: expected a keyword, found the end/],
    ['responsetime', /position 12: expected an operator after responsetime, found the end/],
    ['responsetime CONTAINS "a"', /expected an operator for a number \(= != < <= > >=\), found "CONTAINS"/],
    ['responsetime > "fast"', /position 15: expected a number, found "fast"/],
    ['ok = 1', /expected true or false/],
    ['http.url = 7', /expected a string in quotes/],
    ['annotation', /expected the key of an annotation, as in annotation\[key\]/],
    ['annotation.', /expected the key of an annotation/],
    ['annotation.a = ', /expected a string in quotes, a number, true or false, found the end/],
    ['service(packer)', /expected a string in quotes, found "packer"/],
    ['service("packer"', /expected "\)", found the end/],
    ['service("packer") { fault', /expected "}", found the end/],
    ['edge("a")', /expected ",", found "\)"/],
    ['id(nam: "a")', /expected name:, type: or account.id:/],
    ['(ok', /expected "\)"/],
    ['ok)', /expected AND, OR or the end, found "\)"/],
    ['ok # fault', /position 3: unexpected "#"/],
    ['name = "open', /unexpected "\\""/],
    ['toString', /expected a keyword of X-Ray/],
    ['ok constructor 1', /expected a keyword of X-Ray/],
    ['('.repeat(5_000), /no more than 100 levels/],
  ])('%s', (expression, words) => {
    const parse = () => parseFilter(expression, place.accountId);
    expect(parse).toThrow(AwsError);
    expect(parse).toThrow(words);
  });
});
