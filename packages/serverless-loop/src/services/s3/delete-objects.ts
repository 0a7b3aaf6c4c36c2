import { boolean, list, required, structure, text } from '../../aws/members.ts';
import { bucketOf, operation, s3Arn } from './context.ts';
import { removeObject } from './objects.ts';
import { BUCKET } from './shapes.ts';

/** In one call at most (S3 API reference, "DeleteObjects"). */
const MOST_DELETED = 1000;

const KEY = required(text({ min: 1 }));

export const DELETE_OBJECTS = {
  DeleteObjects: operation({
    route: 'POST /{Bucket}?delete',
    root: 'DeleteResult',
    action: 'DeleteObject',
    input: {
      ...BUCKET,
      Delete: required(
        structure(
          {
            Objects: required(
              list(structure({ Key: KEY }), { name: 'Object', flat: true, min: 1, max: MOST_DELETED }),
            ),
            Quiet: boolean(),
          },
          { at: 'payload' },
        ),
      ),
    },
    output: { Deleted: list(structure({ Key: text() }), { flat: true }) },
    needs: s3Arn,
    async handle(input, context, call) {
      const bucket = bucketOf(input, context);
      const { Objects, Quiet } = input.Delete;
      for (const { Key } of Objects) await removeObject(bucket, Key, call, context);
      return { Deleted: Quiet ? [] : Objects };
    },
  }),
};
