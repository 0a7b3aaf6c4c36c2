import { AwsError } from '../../../aws/errors.ts';
import { sortedBy } from '../../../aws/sorted.ts';

interface Named {
  model: { name: string; arn: string };
}

/** Resources of an account that are found by name and by ARN. */
export interface KeptByName<Kept extends Named> {
  /** Sorted by name. */
  list(): Kept[];
  find(name: string): Kept | undefined;
  byArn(arn: string): Kept | undefined;
  /** Throws AwsError when there is none. */
  get(name: string): Kept;
}

/** Finds in `kept` as it is at the time; `missing` says that a name is not there. */
export function keptByName<Kept extends Named>(
  kept: ReadonlyMap<string, Kept>,
  missing: (name: string) => string,
): KeptByName<Kept> {
  return {
    list: () => sortedBy(kept.values(), ({ model }) => model.name),
    find: (name) => kept.get(name),
    byArn: (arn) => [...kept.values()].find(({ model }) => model.arn === arn),
    get(name) {
      const found = kept.get(name);
      if (!found) throw new AwsError('ResourceNotFoundException', missing(name));
      return found;
    },
  };
}
