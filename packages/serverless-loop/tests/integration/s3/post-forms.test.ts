// biome-ignore-all lint/suspicious/noTemplateCurlyInString: S3 calls the name of a file so
import { describe, expect, test } from 'vitest';
import type { Need } from '../../../src/aws/operation.ts';
import { elementIn, s3UnderTest } from './s3-under-test.ts';

const CREDENTIAL = 'AKIDFORM/20261123/eu-west-1/s3/aws4_request';
const SIGNED = {
  'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
  'X-Amz-Credential': CREDENTIAL,
  'X-Amz-Date': '20261123T000000Z',
};

interface Form {
  fields?: Record<string, string | undefined>;
  conditions?: unknown[];
  expiresInMs?: number;
  file?: File | string;
  headers?: Record<string, string>;
}

/** The fields of a form as createPresignedPost of the SDK makes it: each is named by the policy. */
function fieldsOf({ fields = {}, conditions = [], expiresInMs = 60_000 }: Form): [string, string][] {
  const all = { bucket: 'box', key: 'k', ...SIGNED, ...fields };
  const given = Object.entries(all).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const own = conditions.map((condition) => (Array.isArray(condition) ? condition[1] : ''));
  const named = given
    .filter(([name]) => !own.includes(`$${name}`) && name !== 'Policy' && name !== 'X-Amz-Signature')
    .map(([name, value]) => ({ [name]: value }));
  const policy = {
    expiration: new Date(Date.now() + expiresInMs).toISOString(),
    conditions: [...conditions, ...named],
  };
  const encoded = Buffer.from(JSON.stringify(policy)).toString('base64');
  return [
    ...given,
    ...('Policy' in all ? [] : [['Policy', encoded] as [string, string]]),
    ...('X-Amz-Signature' in all ? [] : [['X-Amz-Signature', '00'] as [string, string]]),
  ];
}

/** S3 with the bucket `box`, and what sends a form there. */
async function s3WithForms() {
  const needs: Need[] = [];
  const callers: (string | undefined)[] = [];
  const { send, gateway } = await s3UnderTest({
    authorize: ({ caller }, asked) => {
      needs.push(...asked);
      callers.push(caller.accessKeyId);
    },
  });
  const submit = async (form: Form, target = '/box') => {
    const body = new FormData();
    for (const [name, value] of fieldsOf(form)) body.append(name, value);
    body.append('file', form.file ?? new File(['hello'], 'a b.txt', { type: 'text/plain' }));
    body.append('submit', 'Upload');
    const response = await fetch(gateway.endpoint + target, {
      method: 'POST',
      body,
      redirect: 'manual',
      ...(form.headers && { headers: form.headers }),
    });
    const { status, headers } = response;
    const text = await response.text();
    return {
      status,
      headers,
      text,
      code: elementIn({ text }, 'Code'),
      message: elementIn({ text }, 'Message'),
    };
  };
  return { submit, send, needs, callers, endpoint: gateway.endpoint };
}

/** S3 API reference, "POST Object" and "POST Policy". */
describe('a form of a browser', () => {
  test('puts its file as an object, with what its fields say', async () => {
    const { submit, send, needs, callers, endpoint } = await s3WithForms();
    const posted = await submit({
      fields: {
        key: 'in/${filename}',
        'Content-Type': 'text/x-mine',
        'x-amz-meta-from': 'a form',
        tagging: '<Tagging><TagSet><Tag><Key>a</Key><Value>1 2</Value></Tag></TagSet></Tagging>',
      },
      conditions: [
        ['starts-with', '$key', 'in/'],
        ['content-length-range', 1, 10],
      ],
    });
    expect([posted.status, posted.text]).toEqual([204, '']);
    expect(posted.headers.get('location')).toBe(`${endpoint}/box/in/a%20b.txt`);
    expect(posted.headers.get('etag')).toBe('"5d41402abc4b2a76b9719d911017c592"');
    expect(needs.at(-1)).toMatchObject({ action: 's3:PutObject', resource: 'arn:aws:s3:::box/in/a b.txt' });
    expect(callers.at(-1)).toBe('AKIDFORM');
    const got = await send('GET', '/box/in/a%20b.txt');
    expect([got.text, got.headers.get('content-type'), got.headers.get('x-amz-meta-from')]).toEqual([
      'hello',
      'text/x-mine',
      'a form',
    ]);
    expect((await send('GET', '/box/in/a%20b.txt?tagging')).text).toContain('<Value>1 2</Value>');
  });

  test('is answered as it asks', async () => {
    const { submit, endpoint } = await s3WithForms();
    expect((await submit({ fields: { success_action_status: '200' } })).status).toBe(200);
    const created = await submit({ fields: { success_action_status: '201', key: 'a/ü' } });
    expect(created.status).toBe(201);
    expect(['Location', 'Bucket', 'Key', 'ETag'].map((name) => elementIn(created, name))).toEqual([
      `${endpoint}/box/a/%C3%BC`,
      'box',
      'a/ü',
      '&quot;5d41402abc4b2a76b9719d911017c592&quot;',
    ]);
    const redirected = await submit({
      fields: { success_action_redirect: 'http://localhost:3000/done?x=1' },
    });
    expect([redirected.status, redirected.headers.get('location')]).toEqual([
      303,
      'http://localhost:3000/done?x=1&bucket=box&key=k&etag=%225d41402abc4b2a76b9719d911017c592%22',
    ]);
    // "If S3 cannot interpret the URL, it acts as if the field is not present."
    expect((await submit({ fields: { success_action_redirect: 'done' } })).status).toBe(204);
    expect((await submit({ fields: { success_action_status: '500' } })).status).toBe(204);
  });

  test('may have its file as a text, whose name is then none', async () => {
    const { submit, send } = await s3WithForms();
    await submit({ fields: { key: 'as-${filename}' }, file: 'a text' });
    expect((await send('GET', `/box/${encodeURIComponent('as-${filename}')}`)).text).toBe('a text');
  });

  test('may be larger than a piece of the connection', async () => {
    const { submit, send } = await s3WithForms();
    const bytes = Buffer.alloc(3_000_000, '\r\n--x');
    await submit({ file: new File([bytes], 'large') });
    const head = await send('HEAD', '/box/k');
    expect(head.headers.get('content-length')).toBe('3000000');
  });

  // LocalStack's record, test_s3.snapshot.json, test_post_request_expires, test_post_request_missing_signature,
  // test_post_request_missing_fields, test_post_object_policy_conditions_validation_eq and
  // test_post_object_policy_validation_size.
  const refused: [string, Form, number, string, string][] = [
    ['expired', { expiresInMs: -1000 }, 403, 'AccessDenied', 'Invalid according to Policy: Policy expired.'],
    [
      'without a signature',
      { fields: { 'X-Amz-Signature': undefined } },
      400,
      'InvalidArgument',
      "Bucket POST must contain a field named 'X-Amz-Signature'.  If it is specified, please check the order of the fields.",
    ],
    [
      'without an algorithm',
      { fields: { 'X-Amz-Algorithm': undefined } },
      400,
      'InvalidArgument',
      "Bucket POST must contain a field named 'X-Amz-Algorithm'.  If it is specified, please check the order of the fields.",
    ],
    [
      'without any of them',
      {
        fields: Object.fromEntries(
          [...Object.keys(SIGNED), 'X-Amz-Signature'].map((name) => [name, undefined]),
        ),
      },
      403,
      'AccessDenied',
      'Access Denied',
    ],
    [
      'without a key',
      { fields: { key: undefined } },
      400,
      'InvalidArgument',
      "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
    ],
    [
      'with another key than its policy says',
      { conditions: [['starts-with', '$key', 'mine/']] },
      403,
      'AccessDenied',
      'Invalid according to Policy: Policy Condition failed: [&quot;starts-with&quot;, &quot;$key&quot;, &quot;mine/&quot;]',
    ],
    [
      'for another bucket than its policy says',
      { conditions: [{ bucket: 'other' }] },
      403,
      'AccessDenied',
      'Invalid according to Policy: Policy Condition failed: [&quot;eq&quot;, &quot;$bucket&quot;, &quot;other&quot;]',
    ],
    [
      'too large',
      { conditions: [['content-length-range', 1, 4]] },
      400,
      'EntityTooLarge',
      'Your proposed upload exceeds the maximum allowed size',
    ],
    [
      'too small',
      { conditions: [['content-length-range', 6, 9]] },
      400,
      'EntityTooSmall',
      'Your proposed upload is smaller than the minimum allowed size',
    ],
    [
      'with a range that is none',
      { conditions: [['content-length-range', 'test', 10]] },
      403,
      'AccessDenied',
      'Invalid according to Policy: Policy Condition failed: [&quot;content-length-range&quot;, &quot;test&quot;, 10]',
    ],
    [
      'with two properties in one condition',
      { conditions: [{ a: '1', b: '2' }] },
      400,
      'InvalidPolicyDocument',
      'Invalid Policy: Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.',
    ],
    [
      'with fields of 20 KB before the file',
      { fields: { 'x-amz-meta-a': 'x'.repeat(20_480) } },
      400,
      'MaxPostPreDataLengthExceeded',
      'Your POST request fields preceding the upload file was too large.',
    ],
  ];
  test.each(refused)('%s is refused, and keeps nothing', async (_, form, status, code, message) => {
    const { submit, send } = await s3WithForms();
    expect(await submit(form)).toMatchObject({ status, code, message });
    expect((await send('GET', '/box?list-type=2')).text).toContain('<KeyCount>0</KeyCount>');
  });

  // S3 API reference, "POST Policy": each field but the signature, the policy, the file and `x-ignore-…` must be named.
  test('with a field that its policy does not name is refused', async () => {
    const { submit } = await s3WithForms();
    const Policy = Buffer.from(
      JSON.stringify({
        expiration: new Date(Date.now() + 60_000).toISOString(),
        conditions: [
          { bucket: 'box' },
          ['eq', '$key', 'k'],
          ...Object.entries(SIGNED).map(([k, v]) => ({ [k]: v })),
        ],
      }),
    ).toString('base64');
    expect((await submit({ fields: { Policy, 'x-ignore-me': '1' } })).status).toBe(204);
    expect(await submit({ fields: { Policy, 'x-amz-meta-a': '1' } })).toMatchObject({
      status: 403,
      message: 'Invalid according to Policy: Extra input fields: x-amz-meta-a',
    });
  });

  test('for a bucket that is not there is refused', async () => {
    const { submit } = await s3WithForms();
    expect(await submit({ fields: { bucket: 'none' } }, '/none')).toMatchObject({
      status: 404,
      code: 'NoSuchBucket',
    });
  });

  test('of a page of another origin is taken where the bucket’s CORS rules say so', async () => {
    const { submit, send } = await s3WithForms();
    const headers = { Origin: 'http://localhost:3000' };
    const closed = await submit({ headers });
    expect([closed.status, closed.text]).toEqual([403, expect.stringContaining('pages of another site')]);
    await send(
      'PUT',
      '/box?cors',
      '<CORSConfiguration><CORSRule><AllowedOrigin>http://localhost:3000</AllowedOrigin><AllowedMethod>POST</AllowedMethod></CORSRule></CORSConfiguration>',
    );
    const open = await submit({ headers });
    expect([open.status, open.headers.get('access-control-allow-origin')]).toEqual([204, headers.Origin]);
    const refused = await submit({ headers, expiresInMs: -1 });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([
      403,
      headers.Origin,
    ]);
  });
});
