import type { ServiceDescription } from '../../aws/service.ts';
import { ARCHIVE_OPERATIONS } from './archives/archive-operations.ts';
import { REPLAY_OPERATIONS } from './archives/replay-operations.ts';
import { BUS_OPERATIONS } from './bus-operations.ts';
import type { EventsContext } from './context.ts';
import { DESCRIBE_OPERATIONS } from './describe.ts';
import { API_DESTINATION_OPERATIONS } from './http/api-destination-operations.ts';
import { CONNECTION_OPERATIONS } from './http/connection-operations.ts';
import { PUT_PARTNER_EVENTS } from './partner-events.ts';
import { PERMISSION_OPERATIONS } from './permission-operations.ts';
import { PUT_EVENTS } from './put-events.ts';
import { RULE_OPERATIONS } from './rule-operations.ts';
import { EVENTS_DIALECT } from './shapes.ts';
import { TAG_OPERATIONS } from './tag-operations.ts';
import { TARGET_OPERATIONS } from './target-operations.ts';
import { TEST_EVENT_PATTERN } from './test-event-pattern.ts';

/** The classic EventBridge bus (EventBridge API reference). */
export const EVENTBRIDGE: ServiceDescription<EventsContext> = {
  title: 'EventBridge',
  signingName: 'events',
  dialect: EVENTS_DIALECT,
  json: { targetPrefix: 'AWSEvents', jsonVersion: '1.1' },
  operations: {
    PutEvents: PUT_EVENTS,
    PutPartnerEvents: PUT_PARTNER_EVENTS,
    TestEventPattern: TEST_EVENT_PATTERN,
    ...DESCRIBE_OPERATIONS,
    ...RULE_OPERATIONS,
    ...TARGET_OPERATIONS,
    ...BUS_OPERATIONS,
    ...PERMISSION_OPERATIONS,
    ...TAG_OPERATIONS,
    ...ARCHIVE_OPERATIONS,
    ...REPLAY_OPERATIONS,
    ...CONNECTION_OPERATIONS,
    ...API_DESTINATION_OPERATIONS,
  },
};
