import { validationError } from '../dynamodb-error.ts';
import { checkExpressionMembers } from '../expressions/expression-members.ts';
import { pathsOfCondition } from '../expressions/paths-of.ts';
import { readExpressions } from '../expressions/read-expressions.ts';
import type { Operation } from '../operations/engine-parts.ts';
import { readExpressionMembers } from '../requests/read-expression-members.ts';
import { readRequest } from '../requests/read-request.ts';
import { HASH_SPACE, hashPrefix } from '../storage/partition-hash.ts';
import type { KeyRange } from '../storage/sorted-map.ts';
import { answerPage } from './page.ts';
import { checkPaths, checkProjected, checkSelect, readSelection, selectedIndex } from './read-selection.ts';
import { placeOfStartKey, readStartKey } from './start-key.ts';

interface Segment {
  readonly segment: number;
  readonly total: number;
}

const MAX_SEGMENTS = 1_000_000;

export const scan: Operation = ({ tables }, input) => {
  const request = readRequest(input, (members) => ({
    members,
    selection: readSelection(members),
    total: members.number('TotalSegments', { min: 1, max: MAX_SEGMENTS }),
    segment: members.number('Segment', { min: 0, max: MAX_SEGMENTS - 1 }),
    limit: members.number('Limit', { min: 1 }),
    expressionMembers: readExpressionMembers(members),
  }));
  const { members, selection, limit } = request;
  checkExpressionMembers('Scan', request.expressionMembers);
  checkSelect(selection, members, 'Scanning');
  const segment = segmentOf(request);
  const startKey = readStartKey(members);
  const { filter, projection } = readExpressions('Scan', request.expressionMembers);
  const table = tables.active(selection.tableName);
  const index = selectedIndex(table, selection);
  const after = startKey && placeOfStartKey(startKey, table, index);
  const paths = [...(projection ?? []), ...(filter ? pathsOfCondition(filter) : [])];
  checkPaths(paths, table);
  checkProjected(paths, index);
  const range = after === undefined ? hashRange(segment) : afterStart(after, segment);
  return answerPage({
    table,
    index,
    range,
    order: 'forward',
    limit,
    filter,
    projection,
    selection,
    isScan: true,
  });
};

function segmentOf({ segment, total }: { segment: number | undefined; total: number | undefined }): Segment {
  if (segment !== undefined && total === undefined) {
    throw validationError(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  }
  if (total !== undefined && segment === undefined) {
    throw validationError(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    );
  }
  if (segment === undefined || total === undefined) return { segment: 0, total: 1 };
  if (segment >= total) {
    throw validationError(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${segment} is not less than TotalSegments: ${total}`,
    );
  }
  return { segment, total };
}

/** Every segment has an equal share of the hashes of partition keys. */
function hashRange({ segment, total }: Segment): KeyRange {
  const start = (of: number) => hashPrefix(Math.ceil((HASH_SPACE * of) / total));
  return {
    ...(segment > 0 && { from: start(segment) }),
    ...(segment < total - 1 && { to: start(segment + 1) }),
  };
}

function afterStart(place: string, segment: Segment): KeyRange {
  const { from, to } = hashRange(segment);
  if ((from !== undefined && place < from) || (to !== undefined && place >= to)) {
    throw validationError(
      `The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: ${segment.total} Segment: ${segment.segment}`,
    );
  }
  return { from: `${place}\0`, ...(to !== undefined && { to }) };
}
