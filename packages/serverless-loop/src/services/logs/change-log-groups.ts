import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { RETENTION_DAYS } from '../../aws/retention-days.ts';
import { GROUP_CLASSES } from './describe-log-groups.ts';
import { alreadyExists, constraint } from './errors.ts';
import { groupOf, type LogsContext, namedGroup, streamOf } from './lookup.ts';
import {
  GROUP_NAME,
  optionalBoolean,
  optionalChoice,
  optionalText,
  optionalTextMap,
  requiredInteger,
  requiredText,
  STREAM_NAME,
} from './request.ts';

/** The operations that make, change and delete groups and streams; none has an answer. */
export const changes: Record<string, (input: JsonObject, context: LogsContext) => undefined> = {
  CreateLogGroup(input, { store }) {
    const name = requiredText(input, 'logGroupName', GROUP_NAME);
    const kmsKeyId = optionalText(input, 'kmsKeyId', { longest: 256 });
    const logGroupClass = optionalChoice(input, 'logGroupClass', GROUP_CLASSES) ?? 'STANDARD';
    const deletionProtectionEnabled = optionalBoolean(input, 'deletionProtectionEnabled') ?? false;
    const tags = optionalTextMap(input, 'tags');
    if (store.groups.has(name)) throw alreadyExists('group');
    store.addGroup({
      name,
      logGroupClass,
      deletionProtectionEnabled,
      tags,
      ...(kmsKeyId !== undefined && { kmsKeyId }),
    });
    return undefined;
  },
  DeleteLogGroup(input, context) {
    const { name, deletionProtectionEnabled } = namedGroup(input, context);
    if (deletionProtectionEnabled) throw deletionProtected();
    context.store.removeGroup(name);
    return undefined;
  },
  PutLogGroupDeletionProtection(input, context) {
    const isEnabled = optionalBoolean(input, 'deletionProtectionEnabled');
    if (isEnabled === undefined) throw constraint(undefined, 'deletionProtectionEnabled', 'not be null');
    groupOf(input, context).deletionProtectionEnabled = isEnabled;
    return undefined;
  },
  PutRetentionPolicy(input, context) {
    const days = requiredInteger(input, 'retentionInDays');
    if (!RETENTION_DAYS.includes(days)) {
      throw constraint(days, 'retentionInDays', `satisfy enum value set: [${RETENTION_DAYS.join(', ')}]`);
    }
    namedGroup(input, context).retentionInDays = days;
    return undefined;
  },
  DeleteRetentionPolicy(input, context) {
    delete namedGroup(input, context).retentionInDays;
    return undefined;
  },
  CreateLogStream(input, context) {
    const name = requiredText(input, 'logStreamName', STREAM_NAME);
    const group = namedGroup(input, context);
    if (group.streams.has(name)) throw alreadyExists('stream');
    context.store.addStream(group, name);
    return undefined;
  },
  DeleteLogStream(input, context) {
    const group = namedGroup(input, context);
    context.store.removeStream(group, streamOf(input, group).name);
    return undefined;
  },
};

function deletionProtected(): AwsError {
  return new AwsError(
    'ValidationException',
    'The log group cannot be deleted because deletion protection is enabled. Disable it first.',
  );
}
