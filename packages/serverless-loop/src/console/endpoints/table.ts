import { ACTION_ENDPOINTS } from './action-endpoints.ts';
import { API_ENDPOINTS } from './api-endpoints.ts';
import { EVENT_ENDPOINTS } from './event-endpoints.ts';
import { FACT_ENDPOINTS } from './fact-endpoints.ts';
import { FAULT_ENDPOINTS } from './fault-endpoints.ts';
import { LOG_ENDPOINTS } from './log-endpoints.ts';
import { METRIC_ENDPOINTS } from './metric-endpoints.ts';
import { QUEUE_ENDPOINTS } from './queue-endpoints.ts';
import { STORE_ENDPOINTS } from './store-endpoints.ts';
import { SYSTEM_ENDPOINTS } from './system-endpoints.ts';
import { TABLE_ENDPOINTS } from './table-endpoints.ts';
import { TIME_ENDPOINTS } from './time-endpoints.ts';
import { TRACE_ENDPOINTS } from './trace-endpoints.ts';

/** All that the console's API answers. */
export const CONSOLE_ENDPOINTS = {
  ...FACT_ENDPOINTS,
  ...EVENT_ENDPOINTS,
  ...SYSTEM_ENDPOINTS,
  ...TRACE_ENDPOINTS,
  ...LOG_ENDPOINTS,
  ...TABLE_ENDPOINTS,
  ...QUEUE_ENDPOINTS,
  ...STORE_ENDPOINTS,
  ...METRIC_ENDPOINTS,
  ...API_ENDPOINTS,
  ...FAULT_ENDPOINTS,
  ...TIME_ENDPOINTS,
  ...ACTION_ENDPOINTS,
};
