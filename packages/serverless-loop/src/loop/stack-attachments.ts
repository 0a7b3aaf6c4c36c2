import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../aws/errors.ts';
import type { Statement } from '../aws/statement.ts';
import type { Holders } from '../services/cloudformation/cloudformation.ts';
import type { Attachment, FunctionModel } from '../template/model.ts';
import { withoutPolicy, withPolicy } from './attached-role-policies.ts';
import type { StackServices } from './resource-kinds.ts';

type Services = Pick<StackServices, 'iam' | 'lambda' | 'sqs' | 'sns'>;

/** What a stack gives to resources of others: theirs until it is taken away, whatever their own stacks do to them. */
export function attachmentHolder(services: Services): Holders['attachments'] {
  const remove = (attachment: Attachment) => detach(attachment, services);
  const add = (attachment: Attachment) => attach(attachment, services);
  return {
    has: () => false,
    add,
    async change(attachment, before) {
      await remove(before);
      await add(attachment);
    },
    remove,
  };
}

/** A function in its new form, with what others have allowed on the one that runs. */
export function withForeignStatements(
  fn: FunctionModel,
  before?: FunctionModel,
  current?: FunctionModel,
): FunctionModel {
  const foreign = (current?.resourcePolicy ?? []).filter(
    (statement) => !before?.resourcePolicy.some((own) => isDeepStrictEqual(own, statement)),
  );
  // A list of its own: AddPermission adds to it, and the stack compares the template's.
  return { ...fn, resourcePolicy: [...fn.resourcePolicy, ...foreign] };
}

/** Throws what the service says when what it is for isn't there. */
async function attach(attachment: Attachment, services: Services): Promise<void> {
  const { iam, lambda, sqs, sns } = services;
  switch (attachment.kind) {
    case 'subscription':
      return sns.subscriptions.put(attachment.topicArn, attachment.subscription);
    case 'permission': {
      const fn = lambda.find(attachment.functionName);
      if (!fn) throw noSuch('ResourceNotFoundException', `Function not found: ${attachment.functionName}`);
      return lambda.put({ ...fn, resourcePolicy: [...fn.resourcePolicy, attachment.statement] });
    }
    case 'queuePolicy':
      for (const url of attachment.queueUrls) sqs.queues.setPolicy(url, attachment.statements);
      return;
    case 'topicPolicy':
      for (const arn of attachment.topicArns) sns.topics.setPolicy(arn, attachment.statements);
      return;
    case 'rolePolicy':
      for (const name of attachment.roleNames) {
        const role = iam.roles.find(name)?.role;
        if (!role?.declared) throw noSuch('NoSuchEntity', `The role with name ${name} cannot be found.`);
        iam.roles.put(withPolicy(role, attachment));
      }
  }
}

/** What it was for may be gone. */
async function detach(attachment: Attachment, services: Services): Promise<void> {
  const { iam, lambda, sqs, sns } = services;
  switch (attachment.kind) {
    case 'subscription':
      return sns.subscriptions.remove(attachment.subscription);
    case 'permission': {
      const fn = lambda.find(attachment.functionName);
      if (fn) await lambda.put({ ...fn, resourcePolicy: without(fn.resourcePolicy, attachment.statement) });
      return;
    }
    case 'queuePolicy':
      for (const url of attachment.queueUrls)
        if (sqs.queues.has(url.slice(url.lastIndexOf('/') + 1))) sqs.queues.setPolicy(url, []);
      return;
    case 'topicPolicy':
      for (const arn of attachment.topicArns) if (sns.topics.has(arn)) sns.topics.setPolicy(arn, undefined);
      return;
    case 'rolePolicy':
      for (const name of attachment.roleNames) {
        const role = iam.roles.find(name)?.role;
        if (role) iam.roles.put(withoutPolicy(role, attachment));
      }
  }
}

function noSuch(code: string, message: string): AwsError {
  return new AwsError(code, message, { status: 404 });
}

function without(statements: readonly Statement[], gone: Statement): Statement[] {
  return statements.filter((statement) => !isDeepStrictEqual(statement, gone));
}
