import { required } from '../../../aws/members.ts';
import { changeRole, declarationOf, operation, ownRole, page, roleOf } from './context.ts';
import { LISTED, OF_ROLE, PAGED, TAG_KEYS, TAGS } from './shapes.ts';
import { tagListOf, tagsOf } from './tags.ts';

/** Tags of roles. */
export const ROLE_TAG_OPERATIONS = {
  TagRole: operation({
    input: { ...OF_ROLE, Tags: required(TAGS) },
    needs: ownRole,
    handle({ RoleName, Tags }, context) {
      const { role } = roleOf(RoleName, context);
      changeRole(role, { tags: { ...declarationOf(role).tags, ...tagsOf(Tags) } }, context);
      return {};
    },
  }),
  UntagRole: operation({
    input: { ...OF_ROLE, TagKeys: required(TAG_KEYS) },
    needs: ownRole,
    handle({ RoleName, TagKeys }, context) {
      const { role } = roleOf(RoleName, context);
      const kept = Object.entries(declarationOf(role).tags ?? {}).filter(([key]) => !TagKeys.includes(key));
      changeRole(role, { tags: Object.fromEntries(kept) }, context);
      return {};
    },
  }),
  ListRoleTags: operation({
    input: { ...OF_ROLE, ...LISTED },
    output: { Tags: required(TAGS), ...PAGED },
    needs: ownRole,
    handle(input, context) {
      const { role } = roleOf(input.RoleName, context);
      const { items, ...more } = page(tagListOf(declarationOf(role).tags), input, `tags of ${role.name}`);
      return { Tags: items, ...more };
    },
  }),
};
