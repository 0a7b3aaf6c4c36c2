import { ACTION_ENDPOINTS } from './action-endpoints.ts';
import { EVENT_ENDPOINTS } from './event-endpoints.ts';
import { FACT_ENDPOINTS } from './fact-endpoints.ts';
import { QUEUE_ENDPOINTS } from './queue-endpoints.ts';
import { TABLE_ENDPOINTS } from './table-endpoints.ts';
import { TRACE_ENDPOINTS } from './trace-endpoints.ts';

/** All that the console's API answers. */
export const CONSOLE_ENDPOINTS = {
  ...FACT_ENDPOINTS,
  ...EVENT_ENDPOINTS,
  ...QUEUE_ENDPOINTS,
  ...TABLE_ENDPOINTS,
  ...TRACE_ENDPOINTS,
  ...ACTION_ENDPOINTS,
};
