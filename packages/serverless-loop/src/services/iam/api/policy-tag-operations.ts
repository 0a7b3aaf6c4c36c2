import { required } from '../../../aws/members.ts';
import { operation, page } from './context.ts';
import { OF_POLICY, onPolicy, ownPolicy } from './found-policy.ts';
import { LISTED, PAGED, TAG_KEYS, TAGS } from './shapes.ts';
import { tagListOf, tagsOf } from './tags.ts';

/** Tags of customer managed policies. */
export const POLICY_TAG_OPERATIONS = {
  TagPolicy: operation({
    input: { ...OF_POLICY, Tags: required(TAGS) },
    needs: onPolicy,
    handle({ PolicyArn, Tags }, context) {
      const policy = ownPolicy(PolicyArn, context);
      context.policies.put({ ...policy, tags: { ...policy.tags, ...tagsOf(Tags) } });
      return {};
    },
  }),
  UntagPolicy: operation({
    input: { ...OF_POLICY, TagKeys: required(TAG_KEYS) },
    needs: onPolicy,
    handle({ PolicyArn, TagKeys }, context) {
      const policy = ownPolicy(PolicyArn, context);
      const kept = Object.entries(policy.tags).filter(([key]) => !TagKeys.includes(key));
      context.policies.put({ ...policy, tags: Object.fromEntries(kept) });
      return {};
    },
  }),
  ListPolicyTags: operation({
    input: { ...OF_POLICY, ...LISTED },
    output: { Tags: required(TAGS), ...PAGED },
    needs: onPolicy,
    handle(input, context) {
      const { tags, name } = ownPolicy(input.PolicyArn, context);
      const { items, ...more } = page(tagListOf(tags), input, `tags of ${name}`);
      return { Tags: items, ...more };
    },
  }),
};
