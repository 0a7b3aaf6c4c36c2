import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';

/** Reads each resource of a type; the reader adds to the models itself. */
export function each(type: string, read: (resource: Resource, reading: Reading) => void) {
  return (reading: Reading): void => {
    for (const resource of reading.world.ofType(type)) read(resource, reading);
  };
}
