import { required, structure } from '../../aws/members.ts';
import { bucketOf, operation, s3Arn } from './context.ts';
import { objectOf } from './objects.ts';
import { OBJECT } from './shapes.ts';
import { refuseForbiddenTags, TAGS } from './tags.ts';

export const TAG_OPERATIONS = {
  PutObjectTagging: operation({
    route: 'PUT /{Bucket}/{Key+}?tagging',
    input: { ...OBJECT, Tagging: required(structure({ TagSet: required(TAGS) }, { at: 'payload' })) },
    output: {},
    needs: s3Arn,
    handle(input, context, call) {
      const { TagSet } = input.Tagging;
      refuseForbiddenTags(TagSet);
      const bucket = bucketOf(input, context);
      const object = objectOf(bucket, input.Key);
      object.tags = TagSet;
      context.tell(bucket, { key: object.key, name: 'ObjectTagging:Put', object, call });
      return {};
    },
  }),

  GetObjectTagging: operation({
    route: 'GET /{Bucket}/{Key+}?tagging',
    root: 'Tagging',
    input: OBJECT,
    output: { TagSet: TAGS },
    needs: s3Arn,
    handle: (input, context) => ({ TagSet: objectOf(bucketOf(input, context), input.Key).tags }),
  }),

  DeleteObjectTagging: operation({
    route: 'DELETE /{Bucket}/{Key+}?tagging',
    status: 204,
    input: OBJECT,
    output: {},
    needs: s3Arn,
    handle(input, context, call) {
      const bucket = bucketOf(input, context);
      const object = objectOf(bucket, input.Key);
      object.tags = [];
      context.tell(bucket, { key: object.key, name: 'ObjectTagging:Delete', object, call });
      return {};
    },
  }),
};
