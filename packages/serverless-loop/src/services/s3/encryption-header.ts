/** S3 encrypts whatever it keeps, and says so with each write and read (S3 User Guide, "Setting default server-side encryption"). */
export const ENCRYPTED = { 'x-amz-server-side-encryption': 'AES256' } as const;
