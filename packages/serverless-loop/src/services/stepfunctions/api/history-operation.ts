import { boolean, list, required, text } from '../../../aws/members.ts';
import { DATA } from '../executions/execution-log.ts';
import type { HistoryEvent } from '../history/history.ts';
import { listed, operation } from './context.ts';
import { refuseExpress } from './execution-operations.ts';
import { HISTORY_EVENT } from './history-shapes.ts';
import { ARN, PAGED } from './shapes.ts';

export const HISTORY_OPERATION = {
  GetExecutionHistory: operation({
    input: {
      executionArn: required(ARN),
      reverseOrder: boolean(),
      includeExecutionData: boolean(),
      ...PAGED,
    },
    output: { events: list(HISTORY_EVENT), nextToken: text() },
    needs: ({ executionArn = '*' }) => [executionArn],
    handle(input, { executions }) {
      const { executionArn, reverseOrder = false, includeExecutionData = true } = input;
      refuseExpress(executionArn);
      const { events } = executions.get(executionArn).execution.history;
      const order = {
        keyOf: ({ id }: HistoryEvent) => String(id).padStart(6, '0'),
        descending: reverseOrder,
      };
      const { items, nextToken } = listed('GetExecutionHistory', events, input, order);
      return { events: items.map((event) => eventView(event, includeExecutionData)), nextToken };
    },
  }),
};

function eventView({ id, previousEventId, timestampMs, type, details }: HistoryEvent, hasData: boolean) {
  const value = Object.entries(details?.value ?? {}).filter(([name]) => hasData || !DATA.test(name));
  return {
    id,
    previousEventId,
    timestamp: timestampMs,
    type,
    ...(details && { [details.member]: Object.fromEntries(value) }),
  };
}
