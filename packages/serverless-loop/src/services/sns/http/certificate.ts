import { type KeyObject, randomBytes, sign } from 'node:crypto';
import { DAY_MS } from '../../../aws/time-units.ts';

/** Tags of ASN.1's distinguished encoding (ITU-T X.690). */
const TAG = {
  integer: 0x02,
  bits: 0x03,
  none: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  time: 0x17,
  sequence: 0x30,
  set: 0x31,
  version: 0xa0,
};
/** sha256WithRSAEncryption and commonName, encoded (RFC 8017, appendix C; RFC 5280, appendix A.1). */
const SHA256_WITH_RSA = Buffer.from('2a864886f70d01010b', 'hex');
const COMMON_NAME = Buffer.from('550403', 'hex');
const VALID_DAYS = 365;

export interface CertificateOptions {
  publicKey: KeyObject;
  privateKey: KeyObject;
  name: string;
  /** Epoch milliseconds. */
  nowMs: number;
}

/** A certificate of a key by the key itself, as PEM (RFC 5280, 4.1), which Node makes none of. */
export function selfSignedCertificate({ publicKey, privateKey, name, nowMs }: CertificateOptions): string {
  const algorithm = der(TAG.sequence, der(TAG.oid, SHA256_WITH_RSA), der(TAG.none));
  const subject = der(
    TAG.sequence,
    der(TAG.set, der(TAG.sequence, der(TAG.oid, COMMON_NAME), der(TAG.utf8, Buffer.from(name)))),
  );
  const toSign = der(
    TAG.sequence,
    der(TAG.version, der(TAG.integer, Buffer.from([2]))),
    // A number that is not negative.
    der(TAG.integer, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    subject,
    der(TAG.sequence, time(nowMs - DAY_MS), time(nowMs + VALID_DAYS * DAY_MS)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('RSA-SHA256', toSign, privateKey);
  const whole = der(TAG.sequence, toSign, algorithm, der(TAG.bits, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** `261128191500Z` */
function time(epochMs: number): Buffer {
  const digits = new Date(epochMs).toISOString().replace(/\D/g, '');
  return der(TAG.time, Buffer.from(`${digits.slice(2, 14)}Z`));
}

function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes]);
  return bytes < 0x100 ? Buffer.from([0x81, bytes]) : Buffer.from([0x82, bytes >> 8, bytes & 0xff]);
}
