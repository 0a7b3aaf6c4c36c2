import type { Place } from '../../aws/arn.ts';
import { list, required, text } from '../../aws/members.ts';
import type { Statement } from '../../aws/statement.ts';
import type { QueueModel } from '../../template/model.ts';
import { operation, queueArn } from './context.ts';
import { QUEUE_URL } from './shapes.ts';
import { invalidValue, sqsError } from './sqs-error.ts';

const LABEL = required(
  text({
    pattern: '[\\w-]{1,80}',
    reason: 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
  }),
);

/** Those that may be given by a permission (SQS API reference, "AddPermission", Actions). */
const ACTIONS = [
  '*',
  'ChangeMessageVisibility',
  'DeleteMessage',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'PurgeQueue',
  'ReceiveMessage',
  'SendMessage',
];
const MAX_ACTIONS = 7;

/** The operations that add to a queue's policy and take from it (SQS API reference). The words: LocalStack's record, test_sqs.snapshot.json, test_sqs_permission_lifecycle. */
export const PERMISSION_OPERATIONS = {
  AddPermission: operation({
    input: {
      QueueUrl: QUEUE_URL,
      Label: LABEL,
      AWSAccountIds: required(list(text(), { name: 'AWSAccountId', flat: true })),
      Actions: required(list(text(), { name: 'ActionName', flat: true })),
    },
    needs: queueArn,
    handle({ QueueUrl, Label, AWSAccountIds, Actions }, { queues, place }) {
      const statement = permission(Label, AWSAccountIds, Actions, place);
      queues.ofUrl(QueueUrl).change((model) => {
        if (model.resourcePolicy.some(({ sid }) => sid === Label))
          throw invalidValue(Label, 'Label', 'Already exists.');
        return withStatements(model, [...model.resourcePolicy, { ...statement, resources: [model.arn] }]);
      });
      return {};
    },
  }),
  RemovePermission: operation({
    input: { QueueUrl: QUEUE_URL, Label: LABEL },
    needs: queueArn,
    handle({ QueueUrl, Label }, { queues }) {
      queues.ofUrl(QueueUrl).change((model) => {
        const left = model.resourcePolicy.filter(({ sid }) => sid !== Label);
        if (left.length === model.resourcePolicy.length)
          throw invalidValue(Label, 'Label', "can't find label.");
        return withStatements(model, left);
      });
      return {};
    },
  }),
};

/** A policy that begins with a permission has an id of SQS's making. */
function withStatements(model: QueueModel, resourcePolicy: Statement[]): QueueModel {
  const { policyId = `${model.arn}/SQSDefaultPolicy`, ...rest } = model;
  const isSqsOwn = model.resourcePolicy.length === 0 || model.policyId !== undefined;
  return { ...rest, resourcePolicy, ...(isSqsOwn && resourcePolicy.length > 0 && { policyId }) };
}

function permission(
  sid: string,
  accountIds: readonly string[],
  actions: readonly string[],
  { partition }: Place,
): Statement {
  for (const id of accountIds)
    if (!/^\d{12}$/.test(id)) throw invalidValue(id, 'PrincipalId', 'Unable to verify.');
  for (const action of actions)
    if (!ACTIONS.includes(action))
      throw invalidValue(
        `SQS:${action}`,
        'ActionName',
        'Please refer to the appropriate WSDL for a list of valid actions. ',
      );
  if (actions.length > MAX_ACTIONS)
    throw sqsError(
      'OverLimit',
      `${actions.length} Actions were found, maximum allowed is ${MAX_ACTIONS}.`,
      403,
    );
  return {
    sid,
    effect: 'Allow',
    principals: { AWS: accountIds.map((id) => `arn:${partition}:iam::${id}:root`) },
    actions: actions.map((action) => `SQS:${action}`),
  };
}
