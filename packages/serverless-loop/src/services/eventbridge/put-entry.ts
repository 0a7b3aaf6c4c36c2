import { isObject, type JsonObject } from '../../aws/json-object.ts';
import type { Read } from '../../aws/members.ts';
import { isNestedDeeperThan, parseJson } from './json.ts';
import type { ENTRY } from './shapes.ts';
import { validTraceHeader } from './trace-header.ts';

/** An entry of PutEvents that the bus accepts. */
export interface Entry {
  source: string;
  detailType: string;
  detailText: string;
  detail: JsonObject;
  resources: string[];
  timeMs: number | undefined;
  traceHeader: string | undefined;
}

/** An entry of PutEvents as it came, its members' kinds checked. */
export type GivenEntry = Read<typeof ENTRY>;

/** The refusal of an entry, while the call goes on. */
export interface EntryFailure {
  errorCode: string;
  errorMessage: string;
}

/** PutEvents, API reference: "will only process nested JSON up to 1000 levels deep". */
const MAX_LEVELS = 1_000;
const MAX_DETAIL_TYPE_CHARACTERS = 128;

/** Returns the bytes that an entry counts for the limit (guide, "Calculating PutEvents event entry size"); the trace header is free. */
export function entryBytes({ Source, DetailType, Detail, Resources = [], Time }: GivenEntry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  const textBytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);
  return textBytes + (Time === undefined ? 0 : 14);
}

/**
 * Accepts an entry or says why not, in AWS's words.
 * @param callTraceHeader the call's X-Amzn-Trace-Id, over which the entry's own TraceHeader wins
 */
export function acceptEntry(given: GivenEntry, callTraceHeader: string | undefined): Entry | EntryFailure {
  const { Source: source, DetailType: detailType, Detail: detailText } = given;
  if (!source) return missing('Source');
  if (!detailType) return missing('DetailType');
  if (!detailText) return missing('Detail');
  if (source.startsWith('aws.'))
    return {
      errorCode: 'NotAuthorizedForSourceException',
      errorMessage: 'Not authorized for the source.',
    };
  if (detailType.length > MAX_DETAIL_TYPE_CHARACTERS)
    return invalid('DetailType', `DetailType must have at most ${MAX_DETAIL_TYPE_CHARACTERS} characters.`);
  const detail = parseJson(detailText);
  if (!isObject(detail) || isTooDeep(detailText, detail))
    return { errorCode: 'MalformedDetail', errorMessage: 'Detail is malformed.' };
  const traceHeader = validTraceHeader(given.TraceHeader ?? callTraceHeader);
  return {
    source,
    detailType,
    detailText,
    detail,
    resources: given.Resources ?? [],
    timeMs: given.Time,
    traceHeader,
  };
}

/** Each level takes two characters at least, so most details need no look. */
function isTooDeep(text: string, detail: JsonObject): boolean {
  return text.length > 2 * MAX_LEVELS && isNestedDeeperThan(MAX_LEVELS, detail);
}

function missing(member: string): EntryFailure {
  return invalid(member, `${member} is a required argument.`);
}

function invalid(member: string, reason: string): EntryFailure {
  return {
    errorCode: 'InvalidArgument',
    errorMessage: `Parameter ${member} is not valid. Reason: ${reason}`,
  };
}
