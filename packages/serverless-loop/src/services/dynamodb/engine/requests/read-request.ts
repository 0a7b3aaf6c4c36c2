import { Faults } from './faults.ts';
import { Members } from './members.ts';
import type { JsonObject } from './shapes.ts';

/** Reads a request's members, and throws for all constraints that it breaks at once. */
export function readRequest<T>(input: JsonObject, read: (members: Members) => T): T {
  const faults = new Faults();
  const request = read(new Members(input, faults));
  faults.refuse();
  return request;
}
