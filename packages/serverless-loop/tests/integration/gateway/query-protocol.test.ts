import { describe, expect, test } from 'vitest';
import { frameworkDialect } from '../../../src/aws/dialect.ts';
import { AwsError } from '../../../src/aws/errors.ts';
import { boolean, integer, list, map, structure, text, timestamp } from '../../../src/aws/members.ts';
import type { QueryService } from '../../../src/aws/query-service.ts';
import { operationsOf, queryService } from '../../../src/aws/service.ts';
import { gatewayUnderTest, post, signedFor, terminalErrors } from './gateway-under-test.ts';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' };
const SIGNED = { ...FORM, Authorization: signedFor('depot') };
const NAMESPACE = 'http://depot.example.com/doc/2026-11-23/';

const operation = operationsOf<null>();

/** A service of the query protocol. */
function depotOf(more: Partial<QueryService> = {}, echo = (input: object) => JSON.stringify(input)) {
  const service = {
    title: 'Depot',
    signingName: 'depot',
    dialect: frameworkDialect(),
    query: { version: '2026-11-23', namespace: NAMESPACE },
    operations: {
      Echo: operation({
        input: {
          Name: text(),
          Count: integer(),
          Tags: list(structure({ Key: text(), Value: text() })),
          Names: list(text()),
          Config: structure({ Mode: text() }),
          Attributes: map(text()),
          Empty: text(),
        },
        output: { Echoed: text() },
        needs: () => ['*'],
        handle: (input) => ({ Echoed: echo(input) }),
      }),
      ListBoxes: operation({
        input: {},
        output: {
          Boxes: list(
            structure({ Name: text(), Size: integer(), Open: boolean(), Made: timestamp(), Gone: text() }),
          ),
          Labels: map(text()),
          Names: list(text()),
          None: list(text()),
        },
        needs: () => ['*'],
        handle: () => ({
          Boxes: [
            { Name: '<a> & "b"\r\u0001', Size: 7, Open: false, Made: 0, Gone: undefined },
            { Name: 'c' },
          ],
          Labels: { k: 'v' },
          Names: ['n'],
          None: [],
        }),
      }),
      Close: operation({ input: {}, needs: () => ['*'], handle: () => ({}) }),
      Refuse: operation({
        input: {},
        needs: () => ['*'],
        handle() {
          throw new AwsError('ValidationError', 'Stack with id <x> does not exist');
        },
      }),
      Break: operation({
        input: {},
        needs: () => ['*'],
        handle() {
          throw new Error('secret');
        },
      }),
    },
  };
  return { ...queryService(service, null), ...more };
}

const echo = depotOf();

/** The input that Echo found in the form. */
async function echoed(form: string): Promise<unknown> {
  const { gateway } = await gatewayUnderTest({ query: [echo] });
  const { text } = await post(gateway, SIGNED, `Action=Echo&Version=2026-11-23&${form}`);
  const json = /<Echoed>(.*)<\/Echoed>/.exec(text)?.[1] ?? `no answer in ${text}`;
  return JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
}

describe('a form', () => {
  test('has structures, lists in the order of their numbers, maps, and text for values', async () => {
    expect(
      await echoed(
        'Name=a%20%26b&Count=3&Tags.member.10.Key=z&Tags.member.2.Key=y&Tags.member.2.Value=1&Tags.member.10.Value=' +
          '&Names.member.1=p&Names.member.2=q&Config.Mode=FAST&Attributes.entry.1.key=__proto__&Attributes.entry.1.value=v&Empty=',
      ),
    ).toEqual({
      Name: 'a &b',
      Count: 3,
      Tags: [
        { Key: 'y', Value: '1' },
        { Key: 'z', Value: '' },
      ],
      Names: ['p', 'q'],
      Config: { Mode: 'FAST' },
      Attributes: JSON.parse('{"__proto__":"v"}'),
      Empty: '',
    });
  });

  test.each([
    ['a value that is a structure too', 'A=1&A.B=2', 'MalformedInput', 'A.B reaches into a value'],
    ['a structure that is a value too', 'A.B=2&A=1', 'MalformedInput', 'A is both a value and a structure'],
    ['dots without an end', `A${'.a'.repeat(100_000)}=1`, 'MalformedInput', 'nested too deeply'],
    ['broken escapes', 'A=%zz', 'MalformedQueryString', 'syntax error'],
  ])('with %s is refused', async (_what, form, code, words) => {
    const { gateway } = await gatewayUnderTest({ query: [echo] });
    const answer = await post(gateway, SIGNED, `Action=Echo&${form}`);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(`<Error><Type>Sender</Type><Code>${code}</Code>`);
    expect(answer.text).toContain(words);
  });
});

describe('an answer', () => {
  test('is XML in the service namespace, with lists, maps, times and numbers', async () => {
    const { gateway } = await gatewayUnderTest({ query: [echo] });
    const answer = await post(gateway, SIGNED, 'Action=ListBoxes', '/any/path');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/xml');
    const requestId = answer.headers.get('x-amzn-requestid');
    expect(answer.text).toBe(
      `<?xml version="1.0"?><ListBoxesResponse xmlns="${NAMESPACE}"><ListBoxesResult><Boxes>` +
        '<member><Name>&lt;a&gt; &amp; &quot;b&quot;&#xD;\uFFFD</Name><Size>7</Size><Open>false</Open><Made>1970-01-01T00:00:00.000Z</Made></member>' +
        '<member><Name>c</Name></member></Boxes><Labels><entry><key>k</key><value>v</value></entry></Labels>' +
        '<Names><member>n</member></Names><None/></ListBoxesResult>' +
        `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></ListBoxesResponse>`,
    );
  });

  test('of an operation that tells nothing has metadata alone', async () => {
    const { gateway } = await gatewayUnderTest({ query: [echo] });
    const answer = await post(gateway, SIGNED, 'Action=Close');
    expect(answer.text).toContain(`xmlns="${NAMESPACE}"><ResponseMetadata>`);
  });

  test('of a fault names its code, whose fault it is and the request', async () => {
    const told = terminalErrors();
    const { gateway } = await gatewayUnderTest({ query: [echo] });
    const refused = await post(gateway, SIGNED, 'Action=Refuse');
    expect(refused.status).toBe(400);
    expect(refused.text).toBe(
      `<?xml version="1.0"?><ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>ValidationError</Code>` +
        '<Message>Stack with id &lt;x&gt; does not exist</Message></Error>' +
        `<RequestId>${refused.headers.get('x-amzn-requestid')}</RequestId></ErrorResponse>`,
    );
    const broken = await post(gateway, SIGNED, 'Action=Break');
    expect(broken.status).toBe(500);
    expect(broken.text).toContain('<Type>Receiver</Type><Code>InternalFailure</Code>');
    expect(broken.text).not.toContain('secret');
    expect(told).toHaveBeenCalledOnce();
  });
});

describe('a call', () => {
  test.each([
    ['without an action', SIGNED, 'Name=a', 400, 'MissingAction'],
    ['that nobody signed', FORM, 'Action=Echo&Version=2026-11-23', 403, 'MissingAuthenticationToken'],
    [
      'of a service that is not there',
      { ...FORM, Authorization: signedFor('tea') },
      'Action=Make',
      400,
      'InvalidAction',
    ],
    ['of an operation that is not there', SIGNED, 'Action=toString', 400, 'InvalidAction'],
  ])('%s is an error in XML', async (_what, headers, body, status, code) => {
    const { gateway } = await gatewayUnderTest({ query: [echo] });
    const answer = await post(gateway, headers, body);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(`<Code>${code}</Code>`);
  });

  test('absent: of what is not emulated says so, and is a fact', async () => {
    const { gateway, facts } = await gatewayUnderTest({ query: [echo] });
    const answer = await post(gateway, SIGNED, 'Action=MakeTea');
    expect(answer.text).toContain("The loop doesn't emulate MakeTea of depot.");
    expect(facts).toEqual([{ kind: 'call.unknown', service: 'depot', operation: 'MakeTea' }]);
  });

  test('may not do what its caller may not', async () => {
    const { gateway } = await gatewayUnderTest({
      query: [echo],
      authorize: (_call, needs, service) => {
        throw new AwsError('AccessDenied', `${needs[0]?.action} of ${service}`, { status: 403 });
      },
    });
    const answer = await post(gateway, SIGNED, 'Action=Echo');
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('<Code>AccessDenied</Code><Message>depot:Echo of depot</Message>');
  });

  test('that is larger than a call may be is refused in XML', async () => {
    const { gateway } = await gatewayUnderTest({ query: [echo] });
    const answer = await post(gateway, SIGNED, `Action=Echo&A=${'a'.repeat(17 * 1024 * 1024)}`);
    expect(answer.status).toBe(413);
    expect(answer.text).toContain('<Code>RequestTooLargeException</Code>');
  });

  test('loads a lazy service when it comes, and not before', async () => {
    let loads = 0;
    const load = async () => {
      loads += 1;
      return echo;
    };
    const { gateway } = await gatewayUnderTest({
      query: [{ title: 'Depot', signingName: 'depot', version: '2026-11-23', load }],
    });
    await post(gateway, { ...FORM, Authorization: signedFor('tea') }, 'Action=Make');
    expect(loads).toBe(0);
    expect((await post(gateway, SIGNED, 'Action=Echo')).status).toBe(200);
    expect(loads).toBe(1);
  });

  test('that nobody signed is told by its version where the loop takes it', async () => {
    const other = depotOf({ signingName: 'other', version: '2000-01-01' }, () => 'other');
    const { gateway } = await gatewayUnderTest({ query: [other, echo], acceptsUnsigned: true });
    const answer = await post(gateway, FORM, 'Action=Echo&Version=2000-01-01');
    expect(answer.text).toContain('<Echoed>other</Echoed>');
    const unknown = await post(gateway, FORM, 'Action=Echo&Version=1999-01-01');
    expect(unknown.text).toContain("The loop doesn't emulate Echo of an unnamed service.");
  });
});
