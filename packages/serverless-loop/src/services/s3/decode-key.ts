import { s3Error } from './s3-errors.ts';

/** A key as it stands in a path or a header. Throws S3's error for percent signs that mean nothing. */
export function decodeKey(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw s3Error('InvalidURI', "Couldn't parse the specified URI.", 400, { URI: text });
  }
}
