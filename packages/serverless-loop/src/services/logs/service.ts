import type { ServiceDescription } from '../../aws/service.ts';
import { CHANGE_OPERATIONS } from './change-log-groups.ts';
import type { LogsContext } from './context.ts';
import { DESCRIBE_LOG_GROUPS } from './describe-log-groups.ts';
import { DESCRIBE_LOG_STREAMS } from './describe-log-streams.ts';
import { LOGS_DIALECT } from './errors.ts';
import { FILTER_LOG_EVENTS } from './filter-log-events.ts';
import { GET_LOG_EVENTS } from './get-log-events.ts';
import { METRIC_FILTER_OPERATIONS } from './metric-filters/metric-filter-operations.ts';
import { PUT_LOG_EVENTS } from './put-log-events.ts';
import { SUBSCRIPTION_OPERATIONS } from './subscriptions/subscription-operations.ts';
import { TAG_OPERATIONS } from './tags.ts';

/** Amazon CloudWatch Logs (CloudWatch Logs reference, "Actions"). */
export const LOGS: ServiceDescription<LogsContext> = {
  title: 'CloudWatch Logs',
  signingName: 'logs',
  dialect: LOGS_DIALECT,
  json: { targetPrefix: 'Logs_20140328', jsonVersion: '1.1' },
  operations: {
    FilterLogEvents: FILTER_LOG_EVENTS,
    GetLogEvents: GET_LOG_EVENTS,
    DescribeLogGroups: DESCRIBE_LOG_GROUPS,
    DescribeLogStreams: DESCRIBE_LOG_STREAMS,
    PutLogEvents: PUT_LOG_EVENTS,
    ...CHANGE_OPERATIONS,
    ...TAG_OPERATIONS,
    ...METRIC_FILTER_OPERATIONS,
    ...SUBSCRIPTION_OPERATIONS,
  },
};
