import { parseJsonWithin, SHORT_LIMITS } from '../../../aws/json-limits.ts';
import type { JsonObject } from '../../../aws/operation.ts';
import { cloudWatchError, invalidValue, missingParameter, validationError } from '../cloudwatch-error.ts';
import { optionalChoice, optionalText, requiredText, textList } from '../input.ts';
import type { AlarmBook } from './alarm-book.ts';

const MOST_NAMES = 100;
const LONGEST_REASON = 1_023;
const LONGEST_REASON_DATA = 4_000;
/** In the order in which AWS names them. */
const STATES = ['INSUFFICIENT_DATA', 'ALARM', 'OK'] as const;

/** DeleteAlarms: those that there are go, a missing one is an error all the same; one that others go by stays. */
export function deleteAlarms(book: AlarmBook, input: JsonObject): JsonObject {
  const names = requiredNames(input);
  const composites = names.filter((name) => book.find(name)?.model.kind === 'composite');
  if (composites.length > 1)
    throw validationError('No more than one composite alarm can be deleted at a time.');
  for (const name of names) refuseIfWatched(book, name, names);
  const missing = names.filter((name) => !book.find(name));
  for (const name of names) book.delete(name);
  if (missing.length > 0) throw cloudWatchError('ResourceNotFound', `Unknown alarm: ${missing.join(', ')}`);
  return {};
}

/** EnableAlarmActions and DisableAlarmActions: names without an alarm are passed over. */
export function setAlarmActions(book: AlarmBook, input: JsonObject, areEnabled: boolean): JsonObject {
  for (const name of requiredNames(input)) {
    const model = book.find(name)?.model;
    if (model) book.put({ ...model, actions: { ...model.actions, areEnabled } });
  }
  return {};
}

/** SetAlarmState: for trying out what an alarm does; the next evaluation sets it right, of a composite one the next change of a child. */
export function setAlarmState(book: AlarmBook, input: JsonObject): JsonObject {
  const name = requiredText(input, 'AlarmName');
  const state = optionalChoice(input, 'StateValue', STATES);
  if (!state) throw missingParameter('StateValue');
  const reason = optionalText(input, 'StateReason');
  if (reason === undefined) throw missingParameter('StateReason');
  if (reason.length > LONGEST_REASON)
    throw invalidValue(`The value for parameter StateReason must have at most ${LONGEST_REASON} characters.`);
  const reasonData = optionalText(input, 'StateReasonData');
  if (reasonData !== undefined && reasonData.length > LONGEST_REASON_DATA)
    throw invalidValue(
      `The value for parameter StateReasonData must have at most ${LONGEST_REASON_DATA} characters.`,
    );
  if (reasonData !== undefined && !isJson(reasonData))
    throw cloudWatchError('InvalidFormatFault', 'StateReasonData was not syntactically valid JSON.');
  const record = book.find(name);
  if (!record) throw cloudWatchError('ResourceNotFound', `Unknown alarm: ${name}`);
  book.setState(record, { state, reason, ...(reasonData !== undefined && { reasonData }) });
  return {};
}

function requiredNames(input: JsonObject): string[] {
  const names = textList(input, 'AlarmNames', MOST_NAMES);
  if (names.length === 0) throw missingParameter('AlarmNames');
  return names;
}

function refuseIfWatched(book: AlarmBook, name: string, going: readonly string[]): void {
  const parent = book
    .list()
    .find(
      (record) =>
        !going.includes(record.model.name) &&
        book.childrenOf(record).some(({ model }) => model.name === name),
    );
  if (parent)
    throw validationError(
      `Cannot delete ${name} as there are composite alarm(s) depending on it: ${parent.model.name}.`,
    );
}

function isJson(text: string): boolean {
  try {
    parseJsonWithin(text, SHORT_LIMITS);
    return true;
  } catch {
    return false;
  }
}
