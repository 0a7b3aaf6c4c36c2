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
    handle(input, context) {
      const { TagSet } = input.Tagging;
      refuseForbiddenTags(TagSet);
      objectOf(bucketOf(input, context), input.Key).tags = TagSet;
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
    handle(input, context) {
      objectOf(bucketOf(input, context), input.Key).tags = [];
      return {};
    },
  }),
};
