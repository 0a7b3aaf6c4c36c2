import type { ServiceDescription } from '../../aws/service.ts';
import { ALARM_OPERATIONS } from './alarms/alarm-operations.ts';
import { TAG_OPERATIONS } from './alarms/tag-operations.ts';
import { CLOUDWATCH_DIALECT, oldCode } from './cloudwatch-error.ts';
import type { CloudWatchContext } from './context.ts';
import { DASHBOARD_OPERATIONS } from './dashboard-operations.ts';
import { METRIC_OPERATIONS } from './metric-operations.ts';

/** Amazon CloudWatch (CloudWatch API reference): by JSON, by CBOR, and as clients from before those speak it. */
export const CLOUDWATCH: ServiceDescription<CloudWatchContext> = {
  title: 'CloudWatch',
  signingName: 'monitoring',
  iamPrefix: 'cloudwatch',
  dialect: CLOUDWATCH_DIALECT,
  json: {
    targetPrefix: 'GraniteServiceVersion20100801',
    jsonVersion: '1.0',
    errorNamespace: 'com.amazonaws.cloudwatch',
    speaksCbor: true,
  },
  query: {
    version: '2010-08-01',
    namespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    error: (error) => ({ code: oldCode(error), message: error.message, more: [] }),
  },
  operations: { ...METRIC_OPERATIONS, ...ALARM_OPERATIONS, ...TAG_OPERATIONS, ...DASHBOARD_OPERATIONS },
};
