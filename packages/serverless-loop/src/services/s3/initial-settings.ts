const XMLNS = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** A bucket's settings from the start, until it is told otherwise or the setting is deleted (S3 User Guide, "Default settings for new S3 bucket ownership and public access"). */
export const INITIAL_SETTINGS: ReadonlyMap<string, string> = new Map([
  [
    'ownershipControls',
    `<?xml version="1.0"?><OwnershipControls ${XMLNS}><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>`,
  ],
  [
    'publicAccessBlock',
    `<?xml version="1.0"?><PublicAccessBlockConfiguration ${XMLNS}><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>`,
  ],
]);
