import { digest } from '../../../aws/digest.ts';
import { AwsError } from '../../../aws/errors.ts';
import { parseTraceHeader } from '../../../aws/trace-header.ts';
import type { FunctionModel } from '../../../template/model.ts';

const FIELD = 'Lineage=';
/** "If your function is invoked approximately 16 times in the same chain of requests" (Lambda guide, "Recursive loop detection"). */
const MOST_ROUNDS = 16;

/** The fields of a trace header beside its trace, with one call more of this function in the chain that it is of. */
export function withRound(others: readonly string[], functionArn: string): string[] {
  const id = digest(functionArn);
  const entries = entriesOf(others.find((field) => field.startsWith(FIELD)));
  const before = entries.get(id);
  entries.set(id, before === undefined ? 0 : before + 1);
  return [...others.filter((field) => !field.startsWith(FIELD)), fieldOf(entries)];
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
export function isRecursive(header: string | undefined, { arn, recursiveLoop }: FunctionModel): boolean {
  if (header === undefined || recursiveLoop === 'Allow') return false;
  return (entriesOf(lineageIn(header)).get(digest(arn)) ?? 0) >= MOST_ROUNDS;
}

/** Lambda API reference, "Invoke", RecursiveInvocationException. */
export function recursiveInvocation(): AwsError {
  return new AwsError(
    'RecursiveInvocationException',
    "Lambda has detected your function being invoked in a recursive loop with other AWS resources and stopped your function's invocation.",
  );
}

function lineageIn(header: string | undefined): string | undefined {
  return parseTraceHeader(header)?.others.find((field) => field.startsWith(FIELD));
}

/** `Lineage=1:a87bd80c:0|1:68fd508a:5`: of each function its calls, the first one not counted. */
function entriesOf(field: string | undefined): Map<string, number> {
  const entries = field?.slice(FIELD.length).split('|') ?? [];
  return new Map(
    entries.flatMap((entry) => {
      const [count, id] = entry.split(':').reverse();
      return id !== undefined && /^\d+$/.test(count ?? '') ? [[id, Number(count)] as const] : [];
    }),
  );
}

function fieldOf(entries: ReadonlyMap<string, number>): string {
  return FIELD + [...entries].map(([id, count]) => `1:${id}:${count}`).join('|');
}
