import { project } from '../expressions/project.ts';
import type { PlannedWrite } from '../items/plan-write.ts';
import type { Item } from '../values/attribute-value.ts';
import type { ReturnedValues } from './read-partiql.ts';

/** The row of a RETURNING; none when there is nothing to return. */
export function returnedRow(returning: ReturnedValues | undefined, write: PlannedWrite): Item | undefined {
  const { oldItem, item, touchedPaths } = write;
  switch (returning) {
    case undefined:
      return undefined;
    case 'ALL_OLD':
      return oldItem;
    case 'ALL_NEW':
      return item;
    case 'MODIFIED_OLD':
      return oldItem && modified(oldItem, touchedPaths);
    case 'MODIFIED_NEW':
      return item && modified(item, touchedPaths);
  }
}

function modified(item: Item, paths: PlannedWrite['touchedPaths']): Item | undefined {
  const row = project(paths, item);
  return Object.keys(row).length > 0 ? row : undefined;
}
