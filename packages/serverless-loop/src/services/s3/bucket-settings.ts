import { parseJsonWithin, SHORT_LIMITS } from '../../aws/json-limits.ts';
import type { RestXmlAnswer, RestXmlRequest } from '../../aws/rest-xml-service.ts';
import { malformedXml, readXml } from '../../aws/xml-reader.ts';
import { type Context, xmlAnswer } from './context.ts';
import { s3Error } from './s3-errors.ts';
import { readText } from './small-body.ts';

/** "Bucket policies are limited to 20 KB in size" (S3 guide, "Bucket policies"). */
const LARGEST_POLICY_BYTES = 20 * 1024;

interface Setting {
  /** Root of its document; undefined for a policy, which is JSON. */
  root?: string;
  /** What S3 answers while nothing is put: an empty document of the root, a document, or an error. */
  unset: 'empty' | { document: string } | { code: string; message: string };
}

const ENCRYPTED =
  '<?xml version="1.0"?><ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>';

/**
 * What a bucket may be told, by its query parameter. All is kept and given back; none has an effect on objects, of which
 * the loop keeps the newest version alone.
 */
const SETTINGS = new Map<string, Setting>([
  [
    'cors',
    {
      root: 'CORSConfiguration',
      unset: { code: 'NoSuchCORSConfiguration', message: 'The CORS configuration does not exist' },
    },
  ],
  ['encryption', { root: 'ServerSideEncryptionConfiguration', unset: { document: ENCRYPTED } }],
  [
    'lifecycle',
    {
      root: 'LifecycleConfiguration',
      unset: { code: 'NoSuchLifecycleConfiguration', message: 'The lifecycle configuration does not exist' },
    },
  ],
  ['logging', { root: 'BucketLoggingStatus', unset: 'empty' }],
  ['notification', { root: 'NotificationConfiguration', unset: 'empty' }],
  [
    'ownershipControls',
    {
      root: 'OwnershipControls',
      unset: {
        code: 'OwnershipControlsNotFoundError',
        message: 'The bucket ownership controls were not found',
      },
    },
  ],
  ['policy', { unset: { code: 'NoSuchBucketPolicy', message: 'The bucket policy does not exist' } }],
  [
    'publicAccessBlock',
    {
      root: 'PublicAccessBlockConfiguration',
      unset: {
        code: 'NoSuchPublicAccessBlockConfiguration',
        message: 'The public access block configuration was not found',
      },
    },
  ],
  ['tagging', { root: 'Tagging', unset: { code: 'NoSuchTagSet', message: 'The TagSet does not exist' } }],
  ['versioning', { root: 'VersioningConfiguration', unset: 'empty' }],
]);

export const SETTING_NAMES: readonly string[] = [...SETTINGS.keys()];

export async function putSetting(
  request: RestXmlRequest,
  bucketName: string,
  name: string,
  { buckets }: Context,
): Promise<RestXmlAnswer> {
  const bucket = buckets.get(bucketName);
  const text = await readText(request);
  const root = SETTINGS.get(name)?.root;
  if (root === undefined) refuseNoPolicy(text);
  else if (readXml(text).name !== root) throw malformedXml();
  bucket.settings.set(name, text);
  return { status: name === 'policy' || name === 'tagging' ? 204 : 200 };
}

export function getSetting(bucketName: string, name: string, { buckets }: Context): RestXmlAnswer {
  const text = buckets.get(bucketName).settings.get(name);
  const { root = '', unset = 'empty' } = SETTINGS.get(name) ?? {};
  if (text !== undefined) {
    const isJson = name === 'policy';
    return { status: 200, ...(isJson && { headers: { 'Content-Type': 'application/json' } }), body: text };
  }
  if (unset === 'empty') return xmlAnswer(root, []);
  if ('document' in unset) return { status: 200, body: unset.document };
  throw s3Error(unset.code, unset.message, 404, { BucketName: bucketName });
}

export function deleteSetting(bucketName: string, name: string, { buckets }: Context): RestXmlAnswer {
  buckets.get(bucketName).settings.delete(name);
  return { status: 204 };
}

function refuseNoPolicy(text: string): void {
  if (Buffer.byteLength(text) > LARGEST_POLICY_BYTES)
    throw s3Error('MalformedPolicy', 'Policy exceeds the maximum allowed document size.');
  try {
    const policy = parseJsonWithin(text, SHORT_LIMITS);
    if (typeof policy === 'object' && policy !== null && 'Statement' in policy) return;
  } catch {
    // Told below, in S3's own words.
  }
  throw s3Error('MalformedPolicy', "Policies must be valid JSON and the first byte must be '{'");
}
