import { childrenOf, childText, malformedXml, type XmlElement } from '../../aws/xml-reader.ts';
import type { Bucket } from './buckets.ts';
import { invalidArgument, s3Error } from './s3-errors.ts';

/** A setting of a bucket that is a document under a query parameter of its own. */
export interface Setting {
  /** Its query parameter. */
  name: string;
  /** The name of the setting in its operations. */
  noun: string;
  /** The same in IAM's actions, where they call it otherwise (Service Authorization Reference, "Amazon S3"). */
  actionNoun?: string;
  /** The operation that deletes it; absent where there is none. */
  deletion?: string;
  /** Absent: that of putting it. */
  deletionAction?: string;
  /** Root of its document; undefined for a policy, which is JSON. */
  root?: string;
  /** The answer while nothing is put: an empty document of the root, a document, or an error. */
  unset: 'empty' | { document: string } | { code: string; message: string };
  /** Throws S3's error for a document that S3 takes from nobody, or not for this bucket. */
  refuse?(document: XmlElement, bucket: Bucket): void;
}

const BY_OWNER =
  '<?xml version="1.0"?><RequestPaymentConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Payer>BucketOwner</Payer></RequestPaymentConfiguration>';

/** Those that tools put and ask for with every bucket; here nothing comes of them. */
export const KEPT_SETTINGS: readonly Setting[] = [
  {
    name: 'accelerate',
    noun: 'BucketAccelerateConfiguration',
    actionNoun: 'AccelerateConfiguration',
    root: 'AccelerateConfiguration',
    unset: 'empty',
    refuse: refuseAcceleration,
  },
  {
    name: 'replication',
    noun: 'BucketReplication',
    actionNoun: 'ReplicationConfiguration',
    deletion: 'DeleteBucketReplication',
    root: 'ReplicationConfiguration',
    unset: {
      code: 'ReplicationConfigurationNotFoundError',
      message: 'The replication configuration was not found',
    },
    refuse: refuseReplication,
  },
  {
    name: 'requestPayment',
    noun: 'BucketRequestPayment',
    root: 'RequestPaymentConfiguration',
    unset: { document: BY_OWNER },
    refuse: (document) => refuseUnless(['BucketOwner', 'Requester'], childText(document, 'Payer')),
  },
  {
    name: 'website',
    noun: 'BucketWebsite',
    deletion: 'DeleteBucketWebsite',
    deletionAction: 'DeleteBucketWebsite',
    root: 'WebsiteConfiguration',
    unset: {
      code: 'NoSuchWebsiteConfiguration',
      message: 'The specified bucket does not have a website configuration',
    },
    refuse: refuseWebsite,
  },
];

/** LocalStack's record, test_s3_api.snapshot.json, test_bucket_acceleration_configuration_exc. */
function refuseAcceleration(document: XmlElement, { name }: Bucket): void {
  refuseUnless(['Enabled', 'Suspended'], childText(document, 'Status'));
  if (name.includes('.'))
    throw s3Error(
      'InvalidRequest',
      'S3 Transfer Acceleration is not supported for buckets with periods (.) in their names',
    );
}

/** LocalStack's record, test_s3.snapshot.json, test_replication_config. */
function refuseReplication(document: XmlElement, { versioning }: Bucket): void {
  if (versioning !== 'Enabled')
    throw s3Error(
      'InvalidRequest',
      "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
    );
  if (childrenOf(document, 'Rule').length === 0) throw malformedXml();
}

/** LocalStack's record, test_s3.snapshot.json, test_validate_website_configuration. */
function refuseWebsite(document: XmlElement): void {
  const [index] = childrenOf(document, 'IndexDocument');
  const [redirect] = childrenOf(document, 'RedirectAllRequestsTo');
  if (redirect && document.children.length > 1)
    throw invalidArgument(
      'RedirectAllRequestsTo',
      'not null',
      'RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.',
    );
  if (!redirect && !index)
    throw invalidArgument(
      'IndexDocument',
      'null',
      'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty',
    );
  const suffix = index && (childText(index, 'Suffix') ?? '');
  if (suffix === '' || suffix?.includes('/'))
    throw invalidArgument('IndexDocument', suffix, 'The IndexDocument Suffix is not well formed');
}

function refuseUnless(allowed: readonly string[], found: string | undefined): void {
  if (found === undefined || !allowed.includes(found)) throw malformedXml();
}
