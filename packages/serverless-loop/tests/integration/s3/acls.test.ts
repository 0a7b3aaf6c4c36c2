import { expect, test } from 'vitest';
import { s3UnderTest } from './s3-under-test.ts';

/*
 * Answers and words of AWS as LocalStack's tests recorded them: tests/aws/services/s3, test_s3.snapshot.json
 * (test_s3_bucket_acl…, test_s3_object_acl…, test_s3_multipart_upload_acls) and test_s3_api.snapshot.json
 * (test_bucket_ownership_controls_exc).
 */

type Send = Awaited<ReturnType<typeof s3UnderTest>>['send'];

const textOf = (xml: string, name: string) => new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1];
const codeOf = ({ status, text }: { status: number; text: string }) => [status, textOf(text, 'Code')];

const OWNERSHIP = (value: string) =>
  `<OwnershipControls><Rule><ObjectOwnership>${value}</ObjectOwnership></Rule></OwnershipControls>`;

/** A bucket whose lists count, and may be public. */
async function listing(send: Send) {
  await send('PUT', '/box?ownershipControls', OWNERSHIP('ObjectWriter'));
  await send('DELETE', '/box?publicAccessBlock');
}

/** `<grantee> <permission>` of each grant, the owner by that name. */
async function grants(send: Send, target: string) {
  const { status, text } = await send('GET', `${target}?acl`);
  expect(status, text).toBe(200);
  const owner = /<Owner><ID>([0-9a-f]{64})<\/ID><\/Owner>/.exec(text)?.[1] ?? expect.fail(text);
  const found = [
    ...text.matchAll(
      /<Grant><Grantee xmlns:xsi="http:\/\/www.w3.org\/2001\/XMLSchema-instance" xsi:type="(?:CanonicalUser|Group)"><(?:ID|URI)>(.*?)<\/(?:ID|URI)><\/Grantee><Permission>(.*?)<\/Permission><\/Grant>/g,
    ),
  ];
  return {
    owner,
    grants: found.map(([, who = '', may]) => `${who === owner ? 'owner' : who.replace(/.*\//, '')} ${may}`),
  };
}

const POLICY = (owner: string, granted: string) =>
  `<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${owner && `<Owner><ID>${owner}</ID></Owner>`}<AccessControlList>${granted}</AccessControlList></AccessControlPolicy>`;
const GRANT = (type: string, who: string, may: string) =>
  `<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${type}">${who}</Grantee><Permission>${may}</Permission></Grant>`;
const LOGS = 'http://acs.amazonaws.com/groups/s3/LogDelivery';
const NOBODY = 'http://acs.amazonaws.com/groups/s3/FakeGroup';

test.each(['/box', '/box/key'])('the list of %s is its owner’s until one is put', async (target) => {
  const { send } = await s3UnderTest();
  await send('PUT', '/box/key', 'text');
  const { owner, grants: first } = await grants(send, target);
  expect(first).toEqual(['owner FULL_CONTROL']);

  await listing(send);
  const put = (headers: Record<string, string>, body?: string) => send('PUT', `${target}?acl`, body, headers);
  expect((await put({ 'x-amz-acl': 'public-read' })).status).toBe(200);
  expect((await grants(send, target)).grants).toEqual(['owner FULL_CONTROL', 'AllUsers READ']);
  await put({ 'x-amz-acl': 'private' });
  expect((await grants(send, target)).grants).toEqual(['owner FULL_CONTROL']);
  await put({ 'x-amz-grant-read': `uri="${LOGS}"` });
  expect((await grants(send, target)).grants).toEqual(['LogDelivery READ']);
  const granted =
    GRANT('CanonicalUser', `<ID>${owner}</ID>`, 'FULL_CONTROL') +
    GRANT('Group', `<URI>${LOGS}</URI>`, 'WRITE');
  expect((await put({}, POLICY(owner, granted))).status).toBe(200);
  expect((await grants(send, target)).grants).toEqual(['owner FULL_CONTROL', 'LogDelivery WRITE']);
});

test('a list that is none is refused before it is asked whether lists count', async () => {
  const { send } = await s3UnderTest();
  await send('PUT', '/box/key', 'text');
  const { owner } = await grants(send, '/box');
  const logs = GRANT('Group', `<URI>${LOGS}</URI>`, 'WRITE');
  const wrongId = '<ID>wrong-id</ID>';
  const refused: [Record<string, string>, string | undefined, string, Record<string, string>][] = [
    [{ 'x-amz-acl': 'fake-acl' }, undefined, 'InvalidArgument', { ArgumentValue: 'fake-acl' }],
    [
      { 'x-amz-grant-write': `uri="${NOBODY}"` },
      undefined,
      'InvalidArgument',
      { Message: 'Invalid group uri', ArgumentName: 'uri', ArgumentValue: NOBODY },
    ],
    [
      { 'x-amz-grant-write': 'fakekey="1234"' },
      undefined,
      'InvalidArgument',
      { Message: 'Argument format not recognized', ArgumentName: 'x-amz-grant-write' },
    ],
    [
      { 'x-amz-grant-write': 'id="wrong-id"' },
      undefined,
      'InvalidArgument',
      { Message: 'Invalid id', ArgumentName: 'id', ArgumentValue: 'wrong-id' },
    ],
    [{}, POLICY('', logs), 'MalformedACLError', {}],
    [{}, POLICY(owner, logs.replace('WRITE', 'WRONG-PERMISSION')), 'MalformedACLError', {}],
    [{}, POLICY('wrong-id', logs), 'InvalidArgument', { ArgumentName: 'CanonicalUser/ID' }],
    [{}, POLICY(owner, logs.replace(LOGS, NOBODY)), 'InvalidArgument', { ArgumentName: 'Group/URI' }],
    [
      {},
      POLICY(owner, GRANT('CanonicalUser', wrongId, 'READ')),
      'InvalidArgument',
      { Message: 'Invalid id', ArgumentName: 'CanonicalUser/ID' },
    ],
    [{}, POLICY(owner, GRANT('BadType', wrongId, 'READ')), 'MalformedACLError', {}],
    [{}, '<AccessControlPolicy/>', 'MalformedACLError', {}],
    [
      {},
      undefined,
      'MissingSecurityHeader',
      { Message: 'Your request was missing a required header', MissingHeaderName: 'x-amz-acl' },
    ],
    [
      { 'x-amz-acl': 'private', 'x-amz-grant-read': `uri="${LOGS}"` },
      undefined,
      'InvalidRequest',
      { Message: 'Specifying both Canned ACLs and Header Grants is not allowed' },
    ],
    [
      { 'x-amz-acl': 'private' },
      POLICY(owner, logs),
      'UnexpectedContent',
      { Message: 'This request does not support content' },
    ],
  ];
  for (const target of ['/box', '/box/key'])
    for (const [headers, body, code, members] of refused) {
      const { status, text } = await send('PUT', `${target}?acl`, body, headers);
      expect([status, textOf(text, 'Code')], JSON.stringify([headers, body])).toEqual([400, code]);
      for (const [name, value] of Object.entries(members))
        expect(textOf(text, name)?.replaceAll('&quot;', '"')).toBe(value);
    }
});

test('where ownership has switched lists off, none is taken but that of the owner alone, with an object', async () => {
  const { send } = await s3UnderTest();
  for (const acl of [undefined, 'bucket-owner-full-control', 'private'])
    expect((await send('PUT', '/box/key', 'text', acl ? { 'x-amz-acl': acl } : {})).status).toBe(200);
  const off = [400, 'AccessControlListNotSupported'];
  const isPublic = { 'x-amz-acl': 'public-read' };
  const refused = await send('PUT', '/box/other', 'text', isPublic);
  expect(codeOf(refused)).toEqual(off);
  expect(textOf(refused.text, 'Message')).toBe('The bucket does not allow ACLs');
  expect((await send('GET', '/box/other')).status).toBe(404);
  expect(codeOf(await send('POST', '/box/other?uploads', undefined, isPublic))).toEqual(off);
  const copied = { 'x-amz-copy-source': 'box/key', ...isPublic };
  expect(codeOf(await send('PUT', '/box/other', undefined, copied))).toEqual(off);
  for (const target of ['/box', '/box/key'])
    expect(codeOf(await send('PUT', `${target}?acl`, undefined, { 'x-amz-acl': 'private' }))).toEqual(off);
});

test('a public list is refused as long as the bucket blocks it', async () => {
  const { send } = await s3UnderTest();
  await send('PUT', '/box?ownershipControls', OWNERSHIP('BucketOwnerPreferred'));
  const isPublic = { 'x-amz-acl': 'public-read' };
  expect(codeOf(await send('PUT', '/box/key', 'text', isPublic))).toEqual([403, 'AccessDenied']);
  expect(codeOf(await send('PUT', '/box?acl', undefined, isPublic))).toEqual([403, 'AccessDenied']);
  await listing(send);
  expect((await send('PUT', '/box/key', 'text', isPublic)).status).toBe(200);
  expect((await grants(send, '/box/key')).grants).toEqual(['owner FULL_CONTROL', 'AllUsers READ']);
});

test('a bucket comes to be with the ownership and the list that are asked for', async () => {
  const { send } = await s3UnderTest();
  const create = (headers: Record<string, string>) => send('PUT', '/crate', undefined, headers);
  expect(codeOf(await create({ 'x-amz-acl': 'public-read' }))).toEqual([
    400,
    'InvalidBucketAclWithObjectOwnership',
  ]);
  const unknown = await create({ 'x-amz-object-ownership': 'RandomValue' });
  expect(textOf(unknown.text, 'Message')).toBe('Invalid x-amz-object-ownership header: RandomValue');
  expect((await send('GET', '/crate')).status).toBe(404);
  const headers = { 'x-amz-acl': 'log-delivery-write', 'x-amz-object-ownership': 'BucketOwnerPreferred' };
  expect((await create(headers)).status).toBe(200);
  expect(textOf((await send('GET', '/crate?ownershipControls')).text, 'ObjectOwnership')).toBe(
    'BucketOwnerPreferred',
  );
  expect((await grants(send, '/crate')).grants).toEqual([
    'owner FULL_CONTROL',
    'LogDelivery WRITE',
    'LogDelivery READ_ACP',
  ]);
});

test.each([
  ['two rules', OWNERSHIP('ObjectWriter').replace(/<Rule>.*<\/Rule>/, '$&$&')],
  ['another word', OWNERSHIP('RandomValue')],
  ['an empty rule', '<OwnershipControls><Rule/></OwnershipControls>'],
])('ownership controls with %s are refused', async (_what, body) => {
  const { send } = await s3UnderTest();
  expect(codeOf(await send('PUT', '/box?ownershipControls', body))).toEqual([400, 'MalformedXML']);
});
