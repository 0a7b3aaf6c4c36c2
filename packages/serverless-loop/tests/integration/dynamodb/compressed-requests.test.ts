import { deflateSync, gzipSync } from 'node:zlib';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { embeddedUnderTest, place } from './running-dynamodb.ts';

/** boto3 compresses DynamoDB's requests of more than 10 KB by itself (botocore, "request compression"). */
test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['GZIP', gzipSync],
])('an item that comes by %s is put', async (encoding, compress) => {
  const { client, endpoint } = await embeddedUnderTest();
  const Key = { depot: { S: 'A' }, number: { N: '1' } };
  const Item = { ...Key, text: { S: 'x'.repeat(20_000) } };
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.0',
      'Content-Encoding': encoding,
      'X-Amz-Target': 'DynamoDB_20120810.PutItem',
      'X-Amz-Date': '20260101T000000Z',
      Authorization: `AWS4-HMAC-SHA256 Credential=boxes/20260101/${place.region}/dynamodb/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=${'0'.repeat(64)}`,
    },
    body: compress(JSON.stringify({ TableName: 'boxes', Item })),
  });
  expect(response.status).toBe(200);
  const found = await client.send(new GetItemCommand({ TableName: 'boxes', Key }));
  expect(found.Item).toEqual(Item);
});
