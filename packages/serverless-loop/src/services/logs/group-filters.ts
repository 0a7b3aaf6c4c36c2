import type { LogGroup, LogStore } from './log-store.ts';

type Named = { name: string; logGroupName: string };

/** Filters of log groups, which go with their groups. */
export interface GroupFilters<Filter extends Named> {
  has(filter: Named): boolean;
  /** Makes one that is known to be right, or gives it other settings, with a group that is made where there is none. */
  begin(filter: Filter): void;
  remove(filter: Named): void;
}

/** `filtersOf`: those of a group, by their names. `set`: keeps one in a group that is there. */
export function groupFilters<Filter extends Named>(
  { groups, addGroup }: LogStore,
  filtersOf: (group: LogGroup) => Map<string, unknown>,
  set: (filter: Filter) => void,
): GroupFilters<Filter> {
  const filtersIn = ({ logGroupName }: Named) => {
    const group = groups.get(logGroupName);
    return group && filtersOf(group);
  };
  return {
    has: (filter) => filtersIn(filter)?.has(filter.name) === true,
    begin(filter) {
      if (!groups.has(filter.logGroupName)) addGroup({ name: filter.logGroupName });
      set(filter);
    },
    remove: (filter) => void filtersIn(filter)?.delete(filter.name),
  };
}
