import { ACTION_ENDPOINTS } from './action-endpoints.ts';
import { EVENT_ENDPOINTS } from './event-endpoints.ts';
import { FACT_ENDPOINTS } from './fact-endpoints.ts';
import { RESOURCE_ENDPOINTS } from './resource-endpoints.ts';

/** All that the console's API answers. */
export const CONSOLE_ENDPOINTS = {
  ...FACT_ENDPOINTS,
  ...EVENT_ENDPOINTS,
  ...RESOURCE_ENDPOINTS,
  ...ACTION_ENDPOINTS,
};
