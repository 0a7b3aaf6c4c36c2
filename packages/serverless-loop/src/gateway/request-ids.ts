import { randomUUID } from 'node:crypto';

/** Most services name a request by a UUID in lower case. */
export const newRequestId: () => string = randomUUID;
