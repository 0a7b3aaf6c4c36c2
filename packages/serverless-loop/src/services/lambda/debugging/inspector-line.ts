/** A line that Node's inspector writes to the stderr of its process, which is not the function's. */
export type InspectorLine = { kind: 'listening'; url: string } | { kind: 'ending' } | { kind: 'other' };

const LISTENING = /^Debugger listening on (?<url>ws:\S+)$/;
const ENDING = 'Waiting for the debugger to disconnect...';
const OTHER = /^(Debugger attached\.|Debugger ending on ws:\S+|For help, see: https:\/\/nodejs\.org\/\S+)$/;

/** Undefined for a line that is the function's own. */
export function inspectorLine(line: string): InspectorLine | undefined {
  const url = LISTENING.exec(line)?.groups?.url;
  if (url !== undefined) return { kind: 'listening', url };
  if (line === ENDING) return { kind: 'ending' };
  return OTHER.test(line) ? { kind: 'other' } : undefined;
}
