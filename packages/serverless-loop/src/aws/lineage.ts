import { digest } from './digest.ts';
import { AwsError } from './errors.ts';
import { formatTraceHeader, newTraceId, parseTraceHeader } from './trace-header.ts';

const FIELD = 'Lineage=';
/** "If your function is invoked approximately 16 times in the same chain of requests" (Lambda guide, "Recursive loop detection"). */
const MAX_ROUNDS = 16;
/** Between the rounds of a circle that nothing on AWS stops, so that it leaves the machine to others. */
export const SLOWED_MS = 1_000;

/** Counts where Lambda sees the whole way round: functions, queues, topics and buckets. */
const SEEN = '1';
/** Counts of ways that lead through another service, which Lambda can't see (the same page). */
const UNSEEN = '0';

/** A function or another one that events set off. `recursiveLoop`: it says that it may go round. */
export interface Caller {
  arn: string;
  recursiveLoop?: 'Allow' | undefined;
}

/** The fields of a trace header beside its trace, with one call more of this one in the chain that it is of. */
export function withRound(others: readonly string[], { arn, recursiveLoop }: Caller): string[] {
  if (recursiveLoop === 'Allow') return [...others];
  const entries = entriesOf(fieldIn(others));
  const seen = `${SEEN}:${digest(arn)}`;
  const unseen = `${UNSEEN}:${digest(arn)}`;
  entries.set(seen, (entries.get(seen) ?? -1) + 1);
  const rounds = entries.get(unseen);
  if (rounds !== undefined) entries.set(unseen, rounds + 1);
  return withEntries(others, entries);
}

/** The lineage of events that come to a function together: of each function the most calls that one of them had. */
export function jointLineage(headers: readonly (string | undefined)[]): string[] {
  const joint = new Map<string, number>();
  for (const header of headers)
    for (const [id, count] of entriesOf(lineageIn(header)))
      joint.set(id, Math.max(count, joint.get(id) ?? 0));
  return joint.size === 0 ? [] : [fieldOf(joint)];
}

/** An event has come round to the same function too often, and the function doesn't say that it may. */
export function isRecursive(header: string | undefined, { arn, recursiveLoop }: Caller): boolean {
  if (header === undefined || recursiveLoop === 'Allow') return false;
  return (entriesOf(lineageIn(header)).get(`${SEEN}:${digest(arn)}`) ?? 0) >= MAX_ROUNDS;
}

/**
 * The header of an event that goes through a service which Lambda can't see: "When another AWS service such as Amazon DynamoDB
 * forms part of the loop, Lambda can't currently detect and stop it" (Lambda guide, "Recursive loop detection"). Its rounds are
 * counted apart from then on.
 */
export function throughUnseen(header: string | undefined): string | undefined {
  const trace = parseTraceHeader(header);
  const field = trace && fieldIn(trace.others);
  if (!trace || field === undefined) return header;
  return formatTraceHeader({ ...trace, others: withEntries(trace.others, unseenEntries(field)) });
}

function unseenEntries(field: string): Map<string, number> {
  const entries = new Map<string, number>();
  for (const [id, count] of entriesOf(field)) {
    const unseen = id.replace(/^\w+/, UNSEEN);
    entries.set(unseen, Math.max(count, entries.get(unseen) ?? 0));
  }
  return entries;
}

/** The header by which a service that has no trace of its own, and that Lambda can't see, tells how often an event has come round. */
export function lineageHeader(others: readonly string[], nowMs: number): string {
  const field = fieldIn(others);
  const fields = field === undefined ? [] : [fieldOf(unseenEntries(field))];
  return formatTraceHeader({ root: newTraceId(nowMs), others: fields });
}

/** The fields of a header beside its trace. */
export function lineageFields(header: string | undefined): string[] {
  return parseTraceHeader(header)?.others ?? [];
}

/** Tells whether events come round for the sixteenth time, to the one of that ARN or to anyone, by a way that nothing on AWS stops. */
export function isCircling(others: readonly string[], arn?: string): boolean {
  const wanted = arn === undefined ? undefined : `${UNSEEN}:${digest(arn)}`;
  return [...entriesOf(fieldIn(others))].some(
    ([id, count]) =>
      count >= MAX_ROUNDS && (wanted === undefined ? id.startsWith(`${UNSEEN}:`) : id === wanted),
  );
}

/** Tells whether what comes to the one of that ARN, by a way that nothing on AWS stops, came of what it did itself. */
export function hasComeRound(others: readonly string[], arn: string): boolean {
  return entriesOf(fieldIn(others)).has(`${UNSEEN}:${digest(arn)}`);
}

/** Lambda API reference, "Invoke", RecursiveInvocationException. */
export function recursiveInvocation(): AwsError {
  return new AwsError(
    'RecursiveInvocationException',
    "Lambda has detected your function being invoked in a recursive loop with other AWS resources and stopped your function's invocation.",
  );
}

function lineageIn(header: string | undefined): string | undefined {
  return fieldIn(lineageFields(header));
}

function fieldIn(others: readonly string[]): string | undefined {
  return others.find((field) => field.startsWith(FIELD));
}

function withEntries(others: readonly string[], entries: ReadonlyMap<string, number>): string[] {
  return [...others.filter((field) => !field.startsWith(FIELD)), fieldOf(entries)];
}

/** `Lineage=1:a87bd80c:0|1:68fd508a:5`: of each function its calls, the first one not counted. */
function entriesOf(field: string | undefined): Map<string, number> {
  const entries = field?.slice(FIELD.length).split('|') ?? [];
  return new Map(
    entries.flatMap((entry) => {
      const [count, id, way = SEEN] = entry.split(':').reverse();
      return id !== undefined && /^\d+$/.test(count ?? '') ? [[`${way}:${id}`, Number(count)] as const] : [];
    }),
  );
}

function fieldOf(entries: ReadonlyMap<string, number>): string {
  return FIELD + [...entries].map(([id, count]) => `${id}:${count}`).join('|');
}
