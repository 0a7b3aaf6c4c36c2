import { isObject } from '../../aws/json-object.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { isNestedDeeperThan, parseJson } from './json.ts';
import { epochSeconds, optionalText, optionalTexts } from './request.ts';
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

/** An entry of PutEvents as it came, its members' types checked. */
export interface RawEntry {
  source: string | undefined;
  detailType: string | undefined;
  detail: string | undefined;
  resources: string[];
  timeMs: number | undefined;
  eventBusName: string | undefined;
  traceHeader: string | undefined;
}

/** Why an entry is refused while the call goes on. */
export interface EntryFailure {
  errorCode: string;
  errorMessage: string;
}

/** PutEvents, API reference: "will only process nested JSON up to 1000 levels deep". */
const maximumLevels = 1_000;
const maximumDetailTypeCharacters = 128;

/** Reads one entry; throws AwsError SerializationException for a member of the wrong type. */
export function readEntry(member: unknown): RawEntry {
  const entry = isObject(member) ? member : {};
  const seconds = epochSeconds(entry, 'Time');
  return {
    source: optionalText(entry, 'Source'),
    detailType: optionalText(entry, 'DetailType'),
    detail: optionalText(entry, 'Detail'),
    resources: optionalTexts(entry, 'Resources'),
    timeMs: seconds === undefined ? undefined : seconds * 1_000,
    eventBusName: optionalText(entry, 'EventBusName'),
    traceHeader: optionalText(entry, 'TraceHeader'),
  };
}

/** What an entry counts for the limit (guide, "Calculating PutEvents event entry size"); the trace header is free. */
export function entryBytes(entry: RawEntry): number {
  const texts = [entry.source, entry.detailType, entry.detail, ...entry.resources];
  const textBytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);
  return textBytes + (entry.timeMs === undefined ? 0 : 14);
}

/**
 * Accepts an entry or says why not, in AWS's words.
 * @param callTraceHeader the call's X-Amzn-Trace-Id, over which the entry's own TraceHeader wins
 */
export function acceptEntry(raw: RawEntry, callTraceHeader: string | undefined): Entry | EntryFailure {
  const { source, detailType, detail: detailText } = raw;
  if (!source) return missing('Source');
  if (!detailType) return missing('DetailType');
  if (!detailText) return missing('Detail');
  if (source.startsWith('aws.'))
    return {
      errorCode: 'NotAuthorizedForSourceException',
      errorMessage: 'Not authorized for the source.',
    };
  if (detailType.length > maximumDetailTypeCharacters)
    return invalid('DetailType', `DetailType must have at most ${maximumDetailTypeCharacters} characters.`);
  const detail = parseJson(detailText);
  if (!isObject(detail) || isTooDeep(detailText, detail))
    return { errorCode: 'MalformedDetail', errorMessage: 'Detail is malformed.' };
  const traceHeader = validTraceHeader(raw.traceHeader ?? callTraceHeader);
  return {
    source,
    detailType,
    detailText,
    detail,
    resources: raw.resources,
    timeMs: raw.timeMs,
    traceHeader,
  };
}

/** Each level takes two characters at least, so most details need no look. */
function isTooDeep(text: string, detail: JsonObject): boolean {
  return text.length > 2 * maximumLevels && isNestedDeeperThan(maximumLevels, detail);
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
