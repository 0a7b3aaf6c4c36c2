import { DebugPortTakenError } from '../services/lambda/debugging/debug-port.ts';

/** Lets a debugger attach to this very process. Resolves to its port. Rejects with DebugPortTakenError. */
export async function openOwnInspector(port: number): Promise<number> {
  const inspector = await import('node:inspector');
  // Node has opened it already when it was started with --inspect of its own.
  if (inspector.url() === undefined) inspector.open(port, '127.0.0.1');
  const url = inspector.url();
  if (url === undefined) throw new DebugPortTakenError('the loop', port);
  return Number(new URL(url).port);
}
