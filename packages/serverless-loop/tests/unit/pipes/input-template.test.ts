import { describe, expect, test } from 'vitest';
import { dynamicText, eventText } from '../../../src/services/pipes/input-template.ts';

const context = {
  pipeArn: 'arn:aws:pipes:eu-west-1:123456789012:pipe/it',
  pipeName: 'it',
  sourceArn: 'arn:aws:sqs:eu-west-1:123456789012:in',
  enrichmentArn: '',
  targetArn: 'arn:aws:sqs:eu-west-1:123456789012:out',
  ingestionTime: '2026-11-23T09:30:00.000Z',
};
const made = (template: string, event = {}) => eventText(template, event, context);

/* EventBridge guide, "Amazon EventBridge Pipes input transformation". */
describe('an input template', () => {
  test.each([
    ['{"a": <$.n>}', { n: 7 }, '{"a": 7}'],
    ['{"a": "<$.n> is it"}', { n: 'a "b"' }, String.raw`{"a": "a \"b\" is it"}`],
    ['{"a": <$.t>}', { t: 'text' }, '{"a": "text"}'],
    ['<$.list>', { list: [1, 2] }, '[1,2]'],
    ['{"a": <$.none>, "b": "<$.none>"}', {}, '{"a": null, "b": ""}'],
    ['{"a": "<$.o>"}', { o: { b: 1 } }, String.raw`{"a": "{\"b\":1}"}`],
  ])('%s', (template, event, expected) => {
    expect(made(template, event)).toBe(expected);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html: implicit body data parsing
  test('looks into JSON that a body has, and into the data of a record', () => {
    expect(made('<$.body.a.b>', { body: '{"a":{"b":[1]}}' })).toBe('[1]');
    expect(made('<$.data.a>', { data: Buffer.from('{"a":2}').toString('base64') })).toBe('2');
    expect(made('"<$.body>"', { body: 'no JSON' })).toBe('"no JSON"');
    expect(dynamicText('$.body.id', { body: '{"id":"x"}' })).toBe('x');
    expect(dynamicText('as it is', {})).toBe('as it is');
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html: reserved variables
  test('knows the pipe, what it joins and the event', () => {
    expect(made('"<aws.pipes.pipe-name> <aws.pipes.source-arn> <aws.pipes.event.ingestion-time>"')).toBe(
      `"it ${context.sourceArn} 2026-11-23T09:30:00.000Z"`,
    );
    expect(made('{"all": <aws.pipes.event.json>}', { a: 1 })).toBe('{"all": {"a":1}}');
  });
});
