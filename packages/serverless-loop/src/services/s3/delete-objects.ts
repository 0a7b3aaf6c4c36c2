import { AwsError } from '../../aws/errors.ts';
import { boolean, list, required, structure, text } from '../../aws/members.ts';
import type { Call } from '../../aws/operation.ts';
import type { Bucket } from './buckets.ts';
import { bucketOf, operation, type S3Context, s3Arn } from './context.ts';
import { removeObject, removeVersionOf } from './objects.ts';
import { BUCKET } from './shapes.ts';

/** In one call at most (S3 API reference, "DeleteObjects"). */
const MAX_DELETED = 1000;

const KEY = required(text({ min: 1 }));

export const DELETE_OBJECTS = {
  DeleteObjects: operation({
    route: 'POST /{Bucket}?delete',
    root: 'DeleteResult',
    input: {
      ...BUCKET,
      Delete: required(
        structure(
          {
            Objects: required(
              list(structure({ Key: KEY, VersionId: text() }), {
                name: 'Object',
                flat: true,
                min: 1,
                max: MAX_DELETED,
              }),
            ),
            Quiet: boolean(),
          },
          { at: 'payload' },
        ),
      ),
    },
    output: {
      Deleted: list(
        structure({
          Key: text(),
          VersionId: text(),
          DeleteMarker: boolean(),
          DeleteMarkerVersionId: text(),
        }),
        { flat: true },
      ),
      Errors: list(structure({ Key: text(), VersionId: text(), Code: text(), Message: text() }), {
        name: 'Error',
        flat: true,
      }),
    },
    // Of each object the right to delete it, or its version (Service Authorization Reference, "Amazon S3").
    needs: ({ Bucket = '*', Delete = {} }, context) =>
      (Delete.Objects ?? []).flatMap(({ Key = '*', VersionId }) =>
        s3Arn({ Bucket, Key }, context).map((resource) => ({
          action: VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion',
          resource,
        })),
      ),
    async handle(input, context, call) {
      const bucket = bucketOf(input, context);
      const { Objects, Quiet } = input.Delete;
      const Deleted: Deletion[] = [];
      const Errors: Failure[] = [];
      for (const named of Objects) {
        const done = await deleteOne(bucket, named, call, context);
        if (done) Deleted.push(done);
        else
          Errors.push({ ...named, Code: 'NoSuchVersion', Message: 'The specified version does not exist.' });
      }
      return { Deleted: Quiet ? [] : Deleted, Errors };
    },
  }),
};

interface Named {
  Key: string;
  VersionId?: string;
}

interface Deletion extends Named {
  DeleteMarker?: boolean;
  DeleteMarkerVersionId?: string;
}

interface Failure extends Named {
  Code: string;
  Message: string;
}

/** Undefined for a version that is not there (LocalStack's record, test_s3_api.snapshot.json, test_delete_objects_versioned). */
async function deleteOne(
  bucket: Bucket,
  named: Named,
  call: Call,
  context: S3Context,
): Promise<Deletion | undefined> {
  const { Key: key, VersionId: versionId } = named;
  if (versionId === undefined) {
    const { DeleteMarker, VersionId } = await removeObject(bucket, key, call, context);
    return { ...named, ...(DeleteMarker && { DeleteMarker, DeleteMarkerVersionId: VersionId ?? 'null' }) };
  }
  const removed = await removeVersionOf(bucket, { key, versionId }, call, context).catch(refusedId);
  if (!removed) return undefined;
  const { DeleteMarker } = removed;
  return { ...named, ...(DeleteMarker && { DeleteMarker, DeleteMarkerVersionId: versionId }) };
}

function refusedId(error: unknown): undefined {
  if (!(error instanceof AwsError)) throw error;
}
