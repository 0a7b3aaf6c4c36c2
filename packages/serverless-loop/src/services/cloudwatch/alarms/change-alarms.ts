import { parseJsonWithin, SHORT_LIMITS } from '../../../aws/json-limits.ts';
import type { Read } from '../../../aws/members.ts';
import { cloudWatchError, missingParameter, validationError } from '../cloudwatch-error.ts';
import type { AlarmBook } from './alarm-book.ts';
import type { ALARM_STATE } from './alarm-shapes.ts';

/** Those that there are go, a missing one is an error all the same; one that others go by stays. */
export function deleteAlarms(book: AlarmBook, names: readonly string[]): void {
  const composites = names.filter((name) => book.find(name)?.model.kind === 'composite');
  if (composites.length > 1)
    throw validationError('No more than one composite alarm can be deleted at a time.');
  for (const name of names) refuseIfWatched(book, name, names);
  const missing = names.filter((name) => !book.find(name));
  for (const name of names) book.delete(name);
  if (missing.length > 0) throw cloudWatchError('ResourceNotFound', `Unknown alarm: ${missing.join(', ')}`);
}

/** Names without an alarm are passed over. */
export function setAlarmActions(book: AlarmBook, names: readonly string[], areEnabled: boolean): void {
  for (const name of names) {
    const model = book.find(name)?.model;
    if (model) book.put({ ...model, actions: { ...model.actions, areEnabled } });
  }
}

/** For trying out what an alarm does; the next evaluation sets it right, of a composite one the next change of a child. */
export function setAlarmState(book: AlarmBook, input: Read<typeof ALARM_STATE>): void {
  const { AlarmName: name, StateValue: state, StateReason: reason, StateReasonData: reasonData } = input;
  if (reason === undefined) throw missingParameter('StateReason');
  if (reasonData !== undefined && !isJson(reasonData))
    throw cloudWatchError('InvalidFormatFault', 'StateReasonData was not syntactically valid JSON.');
  const record = book.find(name);
  if (!record) throw cloudWatchError('ResourceNotFound', `Unknown alarm: ${name}`);
  book.setState(record, { state, reason, ...(reasonData !== undefined && { reasonData }) });
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
