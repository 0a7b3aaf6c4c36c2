import { required, structure } from '../../aws/members.ts';
import { bucketOf, operation, versionNeeds } from './context.ts';
import { OBJECT, VERSION_HEADER, VERSION_ID } from './shapes.ts';
import { refuseForbiddenTags, TAGS } from './tags.ts';
import { objectOf, toldVersion } from './versions.ts';

const TAGGED = { ...OBJECT, VersionId: VERSION_ID } as const;

export const TAG_OPERATIONS = {
  PutObjectTagging: operation({
    route: 'PUT /{Bucket}/{Key+}?tagging',
    input: { ...TAGGED, Tagging: required(structure({ TagSet: required(TAGS) }, { at: 'payload' })) },
    output: { VersionId: VERSION_HEADER },
    needs: versionNeeds('s3:PutObjectVersionTagging'),
    handle(input, context, call) {
      const { TagSet } = input.Tagging;
      refuseForbiddenTags(TagSet);
      const bucket = bucketOf(input, context);
      const object = objectOf(bucket, input.Key, queryOf(input, 'PUT'));
      object.tags = TagSet;
      const { key, versionId } = object;
      const event = { key, object, call, ...(versionId !== undefined && { versionId }) };
      context.tell(bucket, { name: 'ObjectTagging:Put', ...event });
      return toldVersion(bucket, object);
    },
  }),

  GetObjectTagging: operation({
    route: 'GET /{Bucket}/{Key+}?tagging',
    root: 'Tagging',
    input: TAGGED,
    output: { TagSet: TAGS, VersionId: VERSION_HEADER },
    needs: versionNeeds('s3:GetObjectVersionTagging'),
    handle(input, context) {
      const bucket = bucketOf(input, context);
      const object = objectOf(bucket, input.Key, queryOf(input, 'GET'));
      return { TagSet: object.tags, ...toldVersion(bucket, object) };
    },
  }),

  DeleteObjectTagging: operation({
    route: 'DELETE /{Bucket}/{Key+}?tagging',
    status: 204,
    input: TAGGED,
    output: { VersionId: VERSION_HEADER },
    needs: versionNeeds('s3:DeleteObjectVersionTagging'),
    handle(input, context, call) {
      const bucket = bucketOf(input, context);
      const object = objectOf(bucket, input.Key, queryOf(input, 'DELETE'));
      object.tags = [];
      const { key, versionId } = object;
      const event = { key, object, call, ...(versionId !== undefined && { versionId }) };
      context.tell(bucket, { name: 'ObjectTagging:Delete', ...event });
      return toldVersion(bucket, object);
    },
  }),
};

/** Of a delete marker there are no tags, the newest or not (LocalStack's record, test_s3_api.snapshot.json, test_object_tagging_versioned). */
function queryOf({ VersionId: versionId }: { VersionId?: string }, method: 'GET' | 'PUT' | 'DELETE') {
  return { versionId, method, isMarkerRefused: true };
}
