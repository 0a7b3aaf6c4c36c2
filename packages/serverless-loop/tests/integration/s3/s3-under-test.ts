import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Routes } from '../../../src/gateway/gateway.ts';
import { startS3 } from '../../../src/services/s3/s3.ts';
import { gatewayUnderTest, signedFor } from '../gateway/gateway-under-test.ts';

export interface S3Answer {
  status: number;
  headers: Headers;
  text: string;
}

/** S3 behind a gateway, until the test ends, with a bucket `box`. */
export async function s3UnderTest(routes: Partial<Routes> = {}) {
  const cacheDir = mkdtempSync(path.join(tmpdir(), 's3-'));
  onTestFinished(() => rmSync(cacheDir, { recursive: true, force: true }));
  const s3 = startS3({
    place: { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' },
    cacheDir,
    report() {},
    receiverOf: () => undefined,
    putServiceEvent() {},
    authorizeRole() {},
    sessionNameOf: () => undefined,
  });
  onTestFinished(() => s3.stop());
  const { gateway } = await gatewayUnderTest({
    restXml: [{ title: 'S3', signingName: 's3', load: async () => s3.service }],
    ...routes,
  });

  async function send(
    method: string,
    target: string,
    body?: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<S3Answer> {
    const response = await fetch(gateway.endpoint + target, {
      method,
      headers: { Authorization: signedFor('s3'), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  await send('PUT', '/box');
  return { s3, gateway, cacheDir, send };
}

/** The text of the first element of that name. */
export function elementIn({ text }: Pick<S3Answer, 'text'>, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)`).exec(text)?.[1];
}
