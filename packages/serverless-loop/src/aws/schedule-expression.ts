/** Of `PutRule`, ScheduleExpression (EventBridge API reference). */
const MAX_CHARACTERS = 256;

interface Field {
  from: number;
  to: number;
  /** Names that stand for numbers, from `from` on. */
  names?: readonly string[];
  /** Matches other values than numbers and names. */
  also?: RegExp;
}

export const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
export const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** EventBridge user guide, "Creating a rule that runs on a schedule", "Cron expressions". */
const FIELDS: readonly Field[] = [
  { from: 0, to: 59 },
  { from: 0, to: 23 },
  { from: 1, to: 31, also: /^(L|LW|([1-9]|[12]\d|3[01])W)$/ },
  { from: 1, to: 12, names: MONTHS },
  { from: 1, to: 7, names: DAYS, also: /^(L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5]))$/ },
  { from: 1970, to: 2199 },
];

/** Tells whether EventBridge takes a rule's ScheduleExpression. */
export function isScheduleExpression(text: string): boolean {
  if (text.length > MAX_CHARACTERS) return false;
  const [, cron] = /^cron\((.*)\)$/.exec(text) ?? [];
  return cron === undefined ? isRate(text) : isCron(cron);
}

/** One of something is told in the singular (the same page, "Rate expressions"). */
function isRate(text: string): boolean {
  const [, value = '', , plural] = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(text) ?? [];
  return Number(value) > 0 && (Number(value) === 1) === (plural === '');
}

function isCron(text: string): boolean {
  const fields = text.trim().split(/\s+/);
  const [, , ofMonth, , ofWeek = ''] = fields;
  // The same page: with a # the day of the week is one expression.
  if (ofWeek.includes('#') && ofWeek.includes(',')) return false;
  // One of the two kinds of days says nothing, with a question mark.
  if (fields.length !== FIELDS.length || (ofMonth === '?') === (ofWeek === '?')) return false;
  return FIELDS.every((field, at) => {
    const given = fields[at]?.toUpperCase() ?? '';
    const mayBeOpen = at === 2 || at === 4;
    return (mayBeOpen && given === '?') || given.split(',').every((part) => isPart(part, field));
  });
}

/** `*`, a value, a range of two, each with or without a step. */
function isPart(part: string, field: Field): boolean {
  if (field.also?.test(part)) return true;
  const [, base = '', step] = /^([^/]+)(?:\/(.+))?$/.exec(part) ?? [];
  if (step !== undefined && !(/^\d+$/.test(step) && Number(step) > 0)) return false;
  if (base === '*') return true;
  const ends = base.split('-');
  return ends.length <= 2 && ends.every((end) => isValue(end, field));
}

function isValue(text: string, { from, to, names }: Field): boolean {
  if (names?.includes(text)) return true;
  return /^\d+$/.test(text) && Number(text) >= from && Number(text) <= to;
}
