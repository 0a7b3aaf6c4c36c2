import { generateKeyPair, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { selfSignedCertificate } from './certificate.ts';

export interface Signer {
  /** PEM. */
  certificate: string;
  /** The signature of a message, in base64 (SNS guide, "Verifying the signatures of Amazon SNS messages"): with SHA-1 in version 1. */
  sign(message: Readonly<Record<string, unknown>>, version: '1' | '2'): string;
}

/** Members that are signed, in their order; what a message has not is not signed. */
const SIGNED = [
  'Message',
  'MessageId',
  'Subject',
  'SubscribeURL',
  'Timestamp',
  'Token',
  'TopicArn',
  'Type',
] as const;

/** Signs with a key of the loop's own, which ends with it: nobody can take its messages for AWS's. */
export async function createSigner(nowMs: number): Promise<Signer> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return {
    certificate: selfSignedCertificate({ publicKey, privateKey, name: 'serverless-loop SNS', nowMs }),
    sign: (message, version) => signature(message, version, privateKey),
  };
}

function signature(message: Readonly<Record<string, unknown>>, version: '1' | '2', key: KeyObject): string {
  const lines = SIGNED.flatMap((name) => (message[name] === undefined ? [] : [name, String(message[name])]));
  const text = Buffer.from(`${lines.join('\n')}\n`);
  return sign(version === '2' ? 'RSA-SHA256' : 'RSA-SHA1', text, key).toString('base64');
}
