import { boolean, list, required, text } from '../../aws/members.ts';
import { neededSecret, operation, SECRET_ID } from './context.ts';
import { TAG } from './secret-operations.ts';

export const TAG_OPERATIONS = {
  TagResource: operation({
    input: { ...SECRET_ID, Tags: required(list(TAG)) },
    needs: neededSecret,
    handle({ SecretId, Tags }, { store }) {
      const { tags } = store().get(SecretId);
      for (const { Key = '', Value = '' } of Tags) tags.set(Key, Value);
      return {};
    },
  }),
  UntagResource: operation({
    input: { ...SECRET_ID, TagKeys: required(list(text({ min: 1, max: 128 }))) },
    needs: neededSecret,
    handle({ SecretId, TagKeys }, { store }) {
      const { tags } = store().get(SecretId);
      for (const key of TagKeys) tags.delete(key);
      return {};
    },
  }),
  // Policies are kept and shown; who is no role of the account has no way to call.
  GetResourcePolicy: operation({
    input: SECRET_ID,
    output: { ARN: text(), Name: text(), ResourcePolicy: text({ min: 1, max: 20_480 }) },
    needs: neededSecret,
    handle({ SecretId }, { store }) {
      const { arn, name, policy } = store().getAny(SecretId);
      return { ARN: arn, Name: name, ResourcePolicy: policy };
    },
  }),
  PutResourcePolicy: operation({
    input: {
      ...SECRET_ID,
      ResourcePolicy: required(text({ min: 1, max: 20_480 })),
      BlockPublicPolicy: boolean(),
    },
    output: { ARN: text(), Name: text() },
    needs: neededSecret,
    handle({ SecretId, ResourcePolicy }, { store }) {
      const secret = store().get(SecretId);
      secret.policy = ResourcePolicy;
      return { ARN: secret.arn, Name: secret.name };
    },
  }),
  DeleteResourcePolicy: operation({
    input: SECRET_ID,
    output: { ARN: text(), Name: text() },
    needs: neededSecret,
    handle({ SecretId }, { store }) {
      const secret = store().get(SecretId);
      delete secret.policy;
      return { ARN: secret.arn, Name: secret.name };
    },
  }),
};
