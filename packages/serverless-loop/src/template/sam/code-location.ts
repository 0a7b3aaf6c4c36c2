import { entryOf, fields, type Node, scalar, textOf } from '../yaml/node.ts';

/**
 * `Code` of a function from SAM's `CodeUri`: `s3://bucket/key?versionId=…` and the map with Bucket and Key become
 * CloudFormation's; a folder stays a path, as in a template that is not packaged yet.
 */
export function codeLocation(codeUri: Node): Node {
  const { line } = codeUri;
  const bucket = entryOf(codeUri, 'Bucket');
  if (bucket)
    return fields(line, {
      S3Bucket: bucket,
      S3Key: entryOf(codeUri, 'Key'),
      S3ObjectVersion: entryOf(codeUri, 'Version'),
    });
  const place = parseS3Uri(textOf(codeUri) ?? '');
  if (!place) return codeUri;
  return fields(line, {
    S3Bucket: scalar(line, place.bucket),
    S3Key: scalar(line, place.key),
    S3ObjectVersion: place.version === null ? undefined : scalar(line, place.version),
  });
}

function parseS3Uri(text: string): { bucket: string; key: string; version: string | null } | undefined {
  const { bucket, key, query } =
    /^s3:\/\/(?<bucket>[^/]+)\/(?<key>[^?]+)(?:\?(?<query>.*))?$/.exec(text)?.groups ?? {};
  if (bucket === undefined || key === undefined) return undefined;
  return { bucket, key, version: new URLSearchParams(query).get('versionId') };
}
