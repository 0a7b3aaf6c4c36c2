import { AwsError } from '../../aws/errors.ts';

/** S3 API reference, "Error Responses", List of error codes. */
export function s3Error(
  code: string,
  message: string,
  status = 400,
  members: Record<string, string | number> = {},
): AwsError {
  return new AwsError(code, message, { status, members });
}

export function noSuchBucket(bucket: string): AwsError {
  return s3Error('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: bucket });
}

/** Of a key whose newest version is a delete marker the headers say so. */
export function noSuchKey(key: string, marker?: { versionId: string }): AwsError {
  return new AwsError('NoSuchKey', 'The specified key does not exist.', {
    status: 404,
    members: { Key: key },
    ...(marker && { headers: markerHeaders(marker.versionId) }),
  });
}

export function noSuchVersion(key: string, versionId: string): AwsError {
  return s3Error('NoSuchVersion', 'The specified version does not exist.', 404, {
    Key: key,
    VersionId: versionId,
  });
}

/** A delete marker can be deleted alone (LocalStack's record, test_s3_api.snapshot.json, test_delete_object_versioned). */
export function methodNotAllowed(
  method = 'GET',
  { versionId = 'null' }: { versionId?: string } = {},
): AwsError {
  return new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    status: 405,
    members: { Method: method, ResourceType: 'DeleteMarker' },
    headers: { allow: 'DELETE', ...markerHeaders(versionId) },
  });
}

function markerHeaders(versionId: string): Record<string, string> {
  return { 'x-amz-delete-marker': 'true', 'x-amz-version-id': versionId };
}

export function noSuchUpload(uploadId: string): AwsError {
  return s3Error(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    404,
    { UploadId: uploadId },
  );
}

export function invalidArgument(name: string, value: string, message: string): AwsError {
  return s3Error('InvalidArgument', message, 400, { ArgumentName: name, ArgumentValue: value });
}

/** A header that S3 has and that isn't taken here, or not with its value. */
export function notImplementedHeader(header: string, members: Record<string, string> = {}): AwsError {
  const message = 'A header you provided implies functionality that is not implemented';
  return s3Error('NotImplemented', message, 501, { Header: header, ...members });
}
