import { map, type Read, text, type Written } from '../../aws/members.ts';

/** Headers of an object's representation, which come back as they were put. */
export const KEPT_HEADERS = {
  CacheControl: text({ at: 'header', name: 'Cache-Control' }),
  ContentDisposition: text({ at: 'header', name: 'Content-Disposition' }),
  ContentEncoding: text({ at: 'header', name: 'Content-Encoding' }),
  ContentLanguage: text({ at: 'header', name: 'Content-Language' }),
  ContentType: text({ at: 'header', name: 'Content-Type' }),
  // As it was put, though it be no time.
  Expires: text({ at: 'header', name: 'Expires' }),
  StorageClass: text({ at: 'header', name: 'x-amz-storage-class' }),
  WebsiteRedirectLocation: text({ at: 'header', name: 'x-amz-website-redirect-location' }),
  Metadata: map(text(), { at: 'headers', name: 'x-amz-meta-' }),
} as const;

export type KeptHeaders = Written<typeof KEPT_HEADERS>;

/** Headers of a request that are kept with its object; a header without a value is none. */
export function keptHeaders(given: Read<typeof KEPT_HEADERS>): KeptHeaders {
  const { Metadata = {}, StorageClass } = given;
  const encoding = given.ContentEncoding?.replace(/(^|,\s*)aws-chunked(,\s*|$)/, '');
  return {
    CacheControl: given.CacheControl || undefined,
    ContentDisposition: given.ContentDisposition || undefined,
    ContentEncoding: encoding || undefined,
    ContentLanguage: given.ContentLanguage || undefined,
    ContentType: given.ContentType || 'binary/octet-stream',
    Expires: given.Expires || undefined,
    // The usual storage class is not told (S3 API reference, "HeadObject").
    StorageClass: StorageClass === 'STANDARD' ? undefined : StorageClass || undefined,
    WebsiteRedirectLocation: given.WebsiteRedirectLocation || undefined,
    Metadata: Object.fromEntries(Object.entries(Metadata).filter(([, value]) => value !== '')),
  };
}
