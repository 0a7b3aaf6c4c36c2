import { validationError } from '../dynamodb-error.ts';
import { type AttributeValue, type Item, newItem } from '../values/attribute-value.ts';
import { MAX_NESTING } from '../values/read-value.ts';
import { tooDeep } from '../values/wire-shape.ts';
import { addedTo, attributeMismatch, deletedFrom, operandMismatch } from './add-delete.ts';
import { assignedValue } from './assigned-value.ts';
import { pathsChangedBy } from './paths-of.ts';
import type { Path, Update } from './syntax.ts';

/** The change at one place of an item, or those below it. A change answers undefined for what shall be gone. */
interface Place {
  change?: (old: AttributeValue | undefined) => AttributeValue | undefined;
  readonly below: Map<string | number, Place>;
}

export interface Updated {
  /**
   * The item after the update; what the update doesn't touch is shared with the item before. Undefined when
   * there was none and the update only takes away: that makes no item.
   */
  readonly item: Item | undefined;
  /** The paths that the update names, for `UPDATED_OLD` and `UPDATED_NEW`. */
  readonly touchedPaths: readonly Path[];
}

/**
 * Applies an update to an item, or to the key of one that doesn't exist yet. Every operand and every list index
 * means the item as it was before the update.
 * @throws {DynamoDbError} ValidationException when an operand is missing or of a wrong type, a path leads nowhere
 * or a value would stand too deep.
 */
export function applyUpdate(update: Update, item: Item | undefined, key: Item): Updated {
  const before = item ?? key;
  const mismatch = update.isOlder ? attributeMismatch : operandMismatch;
  const root: Place = { below: new Map() };
  for (const { path, value } of update.set) {
    const assigned = assignedValue(value, before);
    checkNesting(assigned, path.length);
    placeAt(root, path).change = () => assigned;
  }
  for (const { path, value } of update.add)
    placeAt(root, path).change = (old) => addedTo(old, value, mismatch);
  if (item) {
    for (const path of update.remove) placeAt(root, path).change = () => undefined;
    for (const { path, value } of update.delete)
      placeAt(root, path).change = (old) => deletedFrom(old, value, mismatch);
  }
  const makesNone = !item && takesAwayOnly(update);
  return {
    item: makesNone ? undefined : changedMap(before, root.below),
    touchedPaths: pathsChangedBy(update),
  };
}

// An update of an item that doesn't exist: test/alternator/test_item.py, test_update_item_non_existent,
// and test_update_expression.py, test_nested_attribute_remove_from_missing_item.
const takesAwayOnly = ({ set, add, remove, delete: deletions }: Update): boolean =>
  set.length + add.length === 0 && remove.length + deletions.length > 0;

/** Refuses a value that would stand deeper than an item may be, `level` being where its own type stands. */
function checkNesting(value: AttributeValue, level: number): void {
  if (level > MAX_NESTING) throw tooDeep();
  if ('L' in value) for (const member of value.L) checkNesting(member, level + 1);
  if ('M' in value) for (const member of Object.values(value.M)) checkNesting(member, level + 1);
}

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
