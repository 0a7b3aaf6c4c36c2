import type { Report } from '../../../facts.ts';
import type { FunctionModel } from '../../../template/model.ts';
import type { DebugPort, Inspection } from './debug-port.ts';

/** The ports at which debuggers find functions, by the functions' names, which may change. */
export interface FunctionPorts {
  of(functionName: string): DebugPort | undefined;
  /** Opens the port of a function that came later. One that has another name than `before` keeps its debugger. */
  open(fn: FunctionModel, before: FunctionModel | undefined): Promise<void>;
  close(functionName: string): void;
  numbers(): Map<string, number>;
  stop(): void;
}

/** Opens the ports of the functions that are there from the start. Rejects with DebugPortTakenError. */
export async function functionPorts(inspect: Inspection | undefined, report: Report): Promise<FunctionPorts> {
  const ports = await openedPorts(inspect, report);
  return {
    of: (name) => ports.get(name),
    async open({ name, logicalId }, before) {
      const port = inspect?.portOf?.(logicalId);
      if (!inspect || port === undefined || ports.has(name)) return;
      const known = before && ports.get(before.name);
      const { openLaterPort } = await import('./debug-port.ts');
      ports.set(name, known ?? (await openLaterPort({ functionName: name, port }, inspect, report)));
    },
    close(name) {
      const port = ports.get(name);
      ports.delete(name);
      if (port && ![...ports.values()].includes(port)) port.stop();
    },
    numbers: () => new Map([...ports].map(([name, { port }]) => [name, port])),
    stop() {
      for (const port of ports.values()) port.stop();
    },
  };
}

/** Loaded only for who debugs. */
async function openedPorts(inspect: Inspection | undefined, report: Report): Promise<Map<string, DebugPort>> {
  if (!inspect) return new Map();
  const { openDebugPorts } = await import('./debug-port.ts');
  return openDebugPorts(inspect, report);
}
