import type { XRayHandler } from '../context.ts';
import { invalidRequest, readInput } from './input.ts';

/** What X-Ray daemons tell of themselves. AWS doesn't show it to anybody either. */
export const putTelemetryRecords: XRayHandler = (request) => {
  if (!Array.isArray(readInput(request).TelemetryRecords))
    throw invalidRequest('Missing required parameter: TelemetryRecords');
  return {};
};
