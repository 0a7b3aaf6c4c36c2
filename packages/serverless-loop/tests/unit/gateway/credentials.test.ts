import { expect, test } from 'vitest';
import { parseCredentials, parsePresigned } from '../../../src/gateway/credentials.ts';

test('a signature names the key and the service', () => {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/eu-west-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=5d67';
  expect(parseCredentials(authorization)).toEqual({ accessKeyId: 'AKIDEXAMPLE', service: 'dynamodb' });
});

test('commas without blanks and another order of the parts are fine', () => {
  const authorization =
    'AWS4-HMAC-SHA256 SignedHeaders=host,Signature=5d67,Credential=AKID/20261123/eu-west-1/sqs/aws4_request';
  expect(parseCredentials(authorization)).toEqual({ accessKeyId: 'AKID', service: 'sqs' });
});

test('clients whose headers begin alike are told apart, again and again', () => {
  const header = (key: string, service: string) =>
    `AWS4-HMAC-SHA256 Credential=${key}/20261123/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=5d67`;
  const callers = [
    { accessKeyId: 'AKID', service: 'sqs' },
    { accessKeyId: 'AKID', service: 'events' },
    { accessKeyId: 'AKIE', service: 'sqs' },
  ];
  for (const caller of [...callers, ...callers])
    expect(parseCredentials(header(caller.accessKeyId, caller.service))).toEqual(caller);
});

test('a remembered beginning without credentials does not hide those behind it', () => {
  const beginning = 'AWS4-HMAC-SHA256 SignedHeaders=host';
  expect(parseCredentials(`${beginning}, Signature=5d67`)).toBeUndefined();
  expect(parseCredentials(`${beginning}, Credential=AKID/20261123/eu-west-1/sqs/aws4_request`)).toEqual({
    accessKeyId: 'AKID',
    service: 'sqs',
  });
});

test('an asymmetric signature has no Region', () => {
  const authorization =
    'AWS4-ECDSA-P256-SHA256 Credential=AKID/20261123/events/aws4_request, SignedHeaders=host, Signature=30';
  expect(parseCredentials(authorization)).toEqual({ accessKeyId: 'AKID', service: 'events' });
});

test.each([undefined, '', 'Bearer abc', 'Basic YTpi', 'AWS4-HMAC-SHA256 Signature=5d67', 'AWS AKID:abc'])(
  'no credentials in %j',
  (authorization) => {
    expect(parseCredentials(authorization)).toBeUndefined();
  },
);

test('a presigned URL has its credentials in the query', () => {
  const query =
    'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20261123%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Signature=5d67';
  expect(parsePresigned(query)).toEqual({ accessKeyId: 'AKID', service: 's3' });
});

test('a URL presigned the old way is one for S3', () => {
  expect(parsePresigned('AWSAccessKeyId=AKID&Signature=ab%3D&Expires=1')).toEqual({
    accessKeyId: 'AKID',
    service: 's3',
  });
});

test.each([
  'AWSAccessKeyId=AKID',
  'AWSAccessKeyId=&Signature=a',
  '',
  'list-type=2',
  'X-Amz-Credential=',
  'X-Amz-Credential=AKID',
])('no credentials in the query %j', (query) => {
  expect(parsePresigned(query)).toBeUndefined();
});
