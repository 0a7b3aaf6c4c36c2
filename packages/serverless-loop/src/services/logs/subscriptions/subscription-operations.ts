import { boolean, list, oneOf, required, structure, text } from '../../../aws/members.ts';
import { pageOf } from '../../../aws/page.ts';
import { groupNamed, groupNeed, operation } from '../context.ts';
import { invalidToken, noSuchSubscription } from '../errors.ts';
import { FILTER_NAME, FILTER_PATTERN, GROUP_NAME, LISTED, MAX_LISTED, TIME } from '../shapes.ts';

const GROUP = { logGroupName: required(GROUP_NAME) } as const;
const DESTINATION_ARN = text({ min: 1 });
const ROLE_ARN = text({ min: 1 });
const DISTRIBUTION = oneOf(['Random', 'ByLogStream']);

const SUBSCRIPTION = structure({
  filterName: FILTER_NAME,
  logGroupName: GROUP_NAME,
  filterPattern: FILTER_PATTERN,
  destinationArn: DESTINATION_ARN,
  roleArn: ROLE_ARN,
  distribution: DISTRIBUTION,
  applyOnTransformedLogs: boolean(),
  creationTime: TIME,
});

/** CloudWatch Logs reference, "PutSubscriptionFilter", "DescribeSubscriptionFilters" and "DeleteSubscriptionFilter". */
export const SUBSCRIPTION_OPERATIONS = {
  PutSubscriptionFilter: operation({
    input: {
      ...GROUP,
      filterName: required(FILTER_NAME),
      filterPattern: required(FILTER_PATTERN),
      destinationArn: required(DESTINATION_ARN),
      roleArn: ROLE_ARN,
      distribution: DISTRIBUTION,
      applyOnTransformedLogs: boolean(),
    },
    // "To perform a PutSubscriptionFilter operation for any destination except a Lambda function, you must also have the iam:PassRole permission."
    needs: (input, context) => [
      ...groupNeed(input, context),
      ...(input.roleArn === undefined ? [] : [{ action: 'iam:PassRole', resource: input.roleArn }]),
    ],
    async handle(input, { subscribe }) {
      const { logGroupName, filterName: name, filterPattern: pattern, destinationArn, roleArn } = input;
      await subscribe({
        name,
        logGroupName,
        pattern,
        destinationArn,
        ...(roleArn !== undefined && { roleArn }),
        distribution: input.distribution ?? 'ByLogStream',
        applyOnTransformedLogs: input.applyOnTransformedLogs ?? false,
      });
      return {};
    },
  }),

  DescribeSubscriptionFilters: operation({
    input: { ...GROUP, filterNamePrefix: FILTER_NAME, ...LISTED },
    output: { subscriptionFilters: list(SUBSCRIPTION), nextToken: text() },
    needs: groupNeed,
    handle({ logGroupName, filterNamePrefix = '', limit = MAX_LISTED, nextToken }, context) {
      const { subscriptions } = groupNamed(logGroupName, context);
      const { items, ...more } = pageOf(
        [...subscriptions.values()].filter(({ name }) => name.startsWith(filterNamePrefix)),
        {
          list: `subscription filters of ${logGroupName}`,
          limit,
          token: nextToken,
          keyOf: ({ name }) => name,
          refusal: invalidToken,
        },
      );
      return {
        subscriptionFilters: items.map(({ name: filterName, pattern: filterPattern, ...filter }) => ({
          filterName,
          filterPattern,
          ...filter,
        })),
        ...more,
      };
    },
  }),

  DeleteSubscriptionFilter: operation({
    input: { ...GROUP, filterName: required(FILTER_NAME) },
    needs: groupNeed,
    handle({ logGroupName, filterName }, context) {
      if (!groupNamed(logGroupName, context).subscriptions.delete(filterName)) throw noSuchSubscription();
      return {};
    },
  }),
};
