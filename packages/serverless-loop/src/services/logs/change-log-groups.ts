import { AwsError } from '../../aws/errors.ts';
import { boolean, integer, required, text } from '../../aws/members.ts';
import { RETENTION_DAYS } from '../../aws/retention-days.ts';
import { groupNamed, groupNeed, groupOf, operation, streamNamed, streamNeed } from './context.ts';
import { alreadyExists, invalidParameter } from './errors.ts';
import { GROUP_CLASS, GROUP_NAME, IDENTIFIER, STREAM_NAME, TAGS } from './shapes.ts';

const GROUP = { logGroupName: required(GROUP_NAME) } as const;
const STREAM = { ...GROUP, logStreamName: required(STREAM_NAME) } as const;

/** The operations that make, change and delete groups and streams; none has an answer. */
export const CHANGE_OPERATIONS = {
  CreateLogGroup: operation({
    input: {
      ...GROUP,
      kmsKeyId: text({ max: 256 }),
      logGroupClass: GROUP_CLASS,
      deletionProtectionEnabled: boolean(),
      tags: TAGS,
    },
    needs: groupNeed,
    handle({ logGroupName: name, tags, ...settings }, { store }) {
      if (store.groups.has(name)) throw alreadyExists('group');
      store.addGroup({ name, ...settings, tags: { ...tags } });
      return {};
    },
  }),
  DeleteLogGroup: operation({
    input: GROUP,
    needs: groupNeed,
    handle({ logGroupName }, context) {
      const { name, deletionProtectionEnabled } = groupNamed(logGroupName, context);
      if (deletionProtectionEnabled) throw deletionProtected();
      context.store.removeGroup(name);
      return {};
    },
  }),
  PutLogGroupDeletionProtection: operation({
    input: { logGroupIdentifier: required(IDENTIFIER), deletionProtectionEnabled: required(boolean()) },
    needs: groupNeed,
    handle({ deletionProtectionEnabled, ...input }, context) {
      groupOf(input, context).deletionProtectionEnabled = deletionProtectionEnabled;
      return {};
    },
  }),
  PutRetentionPolicy: operation({
    input: { ...GROUP, retentionInDays: required(integer()) },
    needs: groupNeed,
    handle({ logGroupName, retentionInDays }, context) {
      if (!RETENTION_DAYS.includes(retentionInDays)) throw noSuchRetention(retentionInDays);
      groupNamed(logGroupName, context).retentionInDays = retentionInDays;
      return {};
    },
  }),
  DeleteRetentionPolicy: operation({
    input: GROUP,
    needs: groupNeed,
    handle({ logGroupName }, context) {
      delete groupNamed(logGroupName, context).retentionInDays;
      return {};
    },
  }),
  CreateLogStream: operation({
    input: STREAM,
    // The stream isn't there yet: the right is one to the group.
    needs: ({ logStreamName: _, ...group }, context) => groupNeed(group, context),
    handle({ logGroupName, logStreamName }, context) {
      const group = groupNamed(logGroupName, context);
      if (group.streams.has(logStreamName)) throw alreadyExists('stream');
      context.store.addStream(group, logStreamName);
      return {};
    },
  }),
  DeleteLogStream: operation({
    input: STREAM,
    needs: streamNeed,
    handle({ logGroupName, logStreamName }, context) {
      const group = groupNamed(logGroupName, context);
      context.store.removeStream(group, streamNamed(logStreamName, group).name);
      return {};
    },
  }),
};

function deletionProtected(): AwsError {
  return new AwsError(
    'ValidationException',
    'The log group cannot be deleted because deletion protection is enabled. Disable it first.',
  );
}

/** In the model it is any integer; the words are those for a member with few values. */
function noSuchRetention(days: number): AwsError {
  return invalidParameter(
    `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${RETENTION_DAYS.join(', ')}]`,
  );
}
