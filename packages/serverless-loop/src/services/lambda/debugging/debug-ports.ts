import type { Report } from '../../../facts.ts';
import { type DebugPort, openDebugPort } from './debug-port.ts';
import type { Inspection } from './inspection.ts';

/** Opens a port for each function that is to be debugged, by the function's name; none stays open if one can't be. */
export async function openDebugPorts(
  { ports, waits, returnMs }: Inspection,
  report: Report,
): Promise<Map<string, DebugPort>> {
  const opened = new Map<string, DebugPort>();
  try {
    for (const [functionName, port] of ports)
      opened.set(
        functionName,
        await openDebugPort({ functionName, port, waits, report, ...(returnMs && { returnMs }) }),
      );
  } catch (error) {
    for (const debugPort of opened.values()) debugPort.stop();
    throw error;
  }
  return opened;
}
