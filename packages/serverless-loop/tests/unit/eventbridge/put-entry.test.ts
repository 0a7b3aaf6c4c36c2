import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/aws/json-object.ts';
import { readerApart } from '../../../src/aws/service.ts';
import { createEvent } from '../../../src/services/eventbridge/event.ts';
import { acceptEntry, type Entry, entryBytes } from '../../../src/services/eventbridge/put-entry.ts';
import { EVENTBRIDGE } from '../../../src/services/eventbridge/service.ts';
import { ENTRY } from '../../../src/services/eventbridge/shapes.ts';

const readEntry = readerApart(ENTRY, EVENTBRIDGE.dialect);

const place = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' };
const whole = { Source: 'depot', DetailType: 'Box Packed', Detail: '{"box":7}' };
const header = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
const otherHeader = 'Root=1-67891233-abcdef012345678912345678';

function accept(member: object, callHeader?: string): Entry {
  const accepted = acceptEntry(readEntry({ ...whole, ...member }), callHeader);
  if ('errorCode' in accepted) throw new Error(accepted.errorMessage);
  return accepted;
}

function refuse(member: object): unknown {
  return acceptEntry(readEntry({ ...whole, ...member }), undefined);
}

describe('an entry is refused', () => {
  test.each(['Source', 'DetailType', 'Detail'])('without %s', (member) => {
    const refused = {
      errorCode: 'InvalidArgument',
      errorMessage: `Parameter ${member} is not valid. Reason: ${member} is a required argument.`,
    };
    expect(refuse({ [member]: undefined })).toEqual(refused);
    expect(refuse({ [member]: null })).toEqual(refused);
    expect(refuse({ [member]: '' })).toEqual(refused);
  });

  test.each(['[1]', '"text"', '{"box":', 'box', '7', 'null'])('with the detail %s', (detail) => {
    expect(refuse({ Detail: detail })).toEqual({
      errorCode: 'MalformedDetail',
      errorMessage: 'Detail is malformed.',
    });
  });

  test('with a detail of more than 1,000 levels', () => {
    const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    expect(accept({ Detail: nested(1_000) }).detailText).toBe(nested(1_000));
    expect(refuse({ Detail: nested(1_001) })).toMatchObject({ errorCode: 'MalformedDetail' });
    expect(refuse({ Detail: `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}` })).toMatchObject({
      errorCode: 'MalformedDetail',
    });
  });

  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html: sources of "aws." are AWS's own
  test('with a source that AWS keeps for itself', () => {
    const refused = {
      errorCode: 'NotAuthorizedForSourceException',
      errorMessage: 'Not authorized for the source.',
    };
    expect(refuse({ Source: 'aws.ec2' })).toEqual(refused);
    expect(accept({ Source: 'aws' }).source).toBe('aws');
  });

  test('with a detail type of more than 128 characters', () => {
    expect(accept({ DetailType: 'x'.repeat(128) }).detailType).toHaveLength(128);
    expect(refuse({ DetailType: 'x'.repeat(129) })).toMatchObject({ errorCode: 'InvalidArgument' });
  });
});

test.each([
  ['Source', 7],
  ['Detail', { box: 7 }],
  ['Resources', 'r-1'],
  ['Resources', [7]],
  ['Time', '2026-11-23'],
  ['Time', 1e300],
  ['TraceHeader', 7],
])('%s of the wrong type fails the whole call: %j', (member, value) => {
  expect(() => readEntry({ ...whole, [member]: value })).toThrow(
    expect.objectContaining({ code: 'SerializationException', status: 400 }),
  );
});

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html: calculating PutEvents event entry size
test('the size counts UTF-8 bytes of the texts and 14 for a time, and nothing for the trace header', () => {
  const bytes = (member: JsonObject) => entryBytes(readEntry(member));
  expect(bytes({})).toBe(0);
  expect(bytes({ Source: 'dépôt', DetailType: 'x', Detail: '{}' })).toBe(7 + 1 + 2);
  expect(bytes({ Resources: ['ab', '€'] })).toBe(2 + 3);
  expect(bytes({ Time: 0 })).toBe(14);
  expect(bytes({ TraceHeader: header, EventBusName: 'orders' })).toBe(0);
});

describe('the trace header', () => {
  test('of the entry wins over the call’s', () => {
    expect(accept({ TraceHeader: header }, otherHeader).traceHeader).toBe(header);
    expect(accept({}, otherHeader).traceHeader).toBe(otherHeader);
    expect(accept({}).traceHeader).toBeUndefined();
  });

  test.each([
    'nonsense',
    'Root=1-5759e988',
    'Parent=53995c3f42cd8ad8',
    'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=5399',
    'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=yes',
  ])('%s is dropped, the event is not', (invalid) => {
    expect(accept({ TraceHeader: invalid }).traceHeader).toBeUndefined();
    expect(accept({}, invalid).traceHeader).toBeUndefined();
  });

  test('may carry more fields than are known', () => {
    expect(accept({ TraceHeader: `${header};Lineage=1:a:0` }).traceHeader).toBe(`${header};Lineage=1:a:0`);
  });
});

describe('the event made of an entry', () => {
  const now = Date.UTC(2026, 10, 23, 9, 30, 1, 999);

  // https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
  test('has AWS’s members in AWS’s order', () => {
    const event = createEvent(accept({ Resources: ['r-1'], Time: 1_763_890_200.5 }), place, now);
    expect(event.text).toBe(
      `{"version":"0","id":"${event.id}","detail-type":"Box Packed","source":"depot","account":"123456789012",` +
        '"time":"2025-11-23T09:30:00Z","region":"eu-west-1","resources":["r-1"],"detail":{"box":7}}',
    );
    expect(JSON.parse(event.text)).toEqual(event.value);
  });

  test('has the time of the call and no resources when the entry names none', () => {
    const { value } = createEvent(accept({}), place, now);
    expect(value).toMatchObject({ time: '2026-11-23T09:30:01Z', resources: [] });
  });

  test('has an id of its own', () => {
    const ids = Array.from({ length: 3 }, () => createEvent(accept({}), place, now).id);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  test('hands the detail on without white space, and with numbers that a double cannot hold', () => {
    const { text } = createEvent(
      accept({ Detail: '{ "n": 9223372036854775807,\n "t": "a \\" b  c" }' }),
      place,
      now,
    );
    expect(text).toContain('"detail":{"n":9223372036854775807,"t":"a \\" b  c"}}');
  });

  test('of a repeated key of the detail the last counts', () => {
    const { value } = createEvent(accept({ Detail: '{"box":1,"box":2}' }), place, now);
    expect(value.detail).toEqual({ box: 2 });
  });
});
