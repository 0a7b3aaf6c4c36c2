import { validationError } from '../dynamodb-error.ts';
import { type AttributeValue, type Item, newItem } from '../values/attribute-value.ts';
import { addedTo, deletedFrom } from './add-delete.ts';
import { assignedValue } from './assigned-value.ts';
import type { Path, Update } from './syntax.ts';

/** What is done at one place of an item, or below it. A change answers undefined for what shall be gone. */
interface Place {
  change?: (old: AttributeValue | undefined) => AttributeValue | undefined;
  readonly below: Map<string | number, Place>;
}

export interface Updated {
  /** The item after the update; what the update doesn't touch is shared with the item before. */
  readonly item: Item;
  /** The paths that the update names, for `UPDATED_OLD` and `UPDATED_NEW`. */
  readonly touchedPaths: readonly Path[];
}

/**
 * Applies an update to an item (to its key alone when it doesn't exist yet). Every operand and every list index
 * means the item as it was before the update.
 * @throws {DynamoDbError} ValidationException when an operand is missing or of a wrong type, or a path leads nowhere.
 */
export function applyUpdate(update: Update, item: Item): Updated {
  const root: Place = { below: new Map() };
  for (const { path, value } of update.set) {
    const assigned = assignedValue(value, item);
    placeAt(root, path).change = () => assigned;
  }
  for (const path of update.remove) placeAt(root, path).change = () => undefined;
  for (const { path, value } of update.add) placeAt(root, path).change = (old) => addedTo(old, value);
  for (const { path, value } of update.delete) placeAt(root, path).change = (old) => deletedFrom(old, value);
  return { item: changedMap(item, root.below), touchedPaths: touchedBy(update) };
}

const touchedBy = (update: Update): Path[] => [
  ...update.set.map(({ path }) => path),
  ...update.remove,
  ...update.add.map(({ path }) => path),
  ...update.delete.map(({ path }) => path),
];

function placeAt(root: Place, path: Path): Place {
  let place = root;
  for (const part of path) {
    const below: Place = place.below.get(part) ?? { below: new Map() };
    place.below.set(part, below);
    place = below;
  }
  return place;
}

function changed(value: AttributeValue | undefined, place: Place): AttributeValue | undefined {
  if (place.change) return place.change(value);
  if (value && 'M' in value && namesOnly(place)) return { M: changedMap(value.M, place.below) };
  if (value && 'L' in value && indexesOnly(place)) return { L: changedList(value.L, place.below) };
  throw validationError('The document path provided in the update expression is invalid for update');
}

const namesOnly = (place: Place): boolean =>
  [...place.below.keys()].every((part) => typeof part === 'string');
const indexesOnly = (place: Place): boolean =>
  [...place.below.keys()].every((part) => typeof part === 'number');

function changedMap(map: Item, places: ReadonlyMap<string | number, Place>): Item {
  const result = newItem(map);
  for (const [name, place] of places) {
    const value = changed(map[name], place);
    if (value === undefined) delete result[name];
    else result[name] = value;
  }
  return result;
}

/** Indexes past the end append, in their order, whatever their distance from it. */
function changedList(
  list: readonly AttributeValue[],
  places: ReadonlyMap<string | number, Place>,
): readonly AttributeValue[] {
  const result: (AttributeValue | undefined)[] = [...list];
  for (const [index, place] of [...places].sort(([a], [b]) => Number(a) - Number(b))) {
    const value = changed(list[Number(index)], place);
    if (Number(index) < list.length) result[Number(index)] = value;
    else result.push(value);
  }
  return result.filter((value) => value !== undefined);
}
