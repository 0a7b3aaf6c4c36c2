import { createHash } from 'node:crypto';
import type { Inspection } from '../services/lambda/debugging/debug-port.ts';
import type { FunctionModel } from '../template/model.ts';
import { didYouMean } from '../template/nearest.ts';
import { UsageError } from '../usage-error.ts';

/** The functions that a developer asked to debug, and the ports. */
export interface InspectOptions {
  /** Logical ids; none means every function. */
  functions: readonly string[];
  /** The loop's own port. The functions' are above it; 0 for any free ones. */
  basePort: number;
  /** Every process waits for a debugger before it loads its function. */
  waits: boolean;
}

/** `--inspect` names a function that the template has not. */
export class NoSuchFunctionError extends Error {
  override readonly name = 'NoSuchFunctionError';
  readonly logicalId: string;

  constructor(logicalId: string, known: string[]) {
    super(
      `--inspect: expected a function of the template, found "${logicalId}"${didYouMean(logicalId, known)}; there are: ${known.join(', ') || 'none'}`,
    );
    this.logicalId = logicalId;
  }
}

/**
 * The port of a function follows from its logical id, so that it stays when functions come and go, as the addresses that
 * a debugger was once told must. Throws NoSuchFunctionError, and UsageError where there is no room above the base.
 */
export function inspectionOf(functions: FunctionModel[], options: InspectOptions): Inspection {
  const known = functions.map(({ logicalId }) => logicalId);
  for (const wanted of options.functions)
    if (!known.includes(wanted)) throw new NoSuchFunctionError(wanted, known);
  const isWanted = (logicalId: string) =>
    options.functions.length === 0 || options.functions.includes(logicalId);
  const portOf = options.basePort === 0 ? () => 0 : portsAbove(options.basePort, known);
  const ports = functions
    .filter(({ logicalId }) => isWanted(logicalId))
    .map(({ logicalId, name }): [string, number] => [name, portOf(logicalId)]);
  return {
    ports: new Map(ports),
    waits: options.waits,
    portOf: (logicalId) => (isWanted(logicalId) ? portOf(logicalId) : undefined),
  };
}

/** The number of ports that are shared out. Of so many, two functions seldom meet at one. */
const SHARED_PORTS = 600;
const HIGHEST_PORT = 65_535;

/** A port above the base for each logical id. Of two that meet, the later in the alphabet has the next one. */
function portsAbove(basePort: number, logicalIds: readonly string[]): (logicalId: string) => number {
  const room = Math.min(SHARED_PORTS, HIGHEST_PORT - basePort);
  if (room < logicalIds.length)
    throw new UsageError(
      `--inspect-port: expected room for a port for each function above it, found ${room} above ${basePort}`,
    );
  const offsets = new Map<string, number>();
  const taken = new Set<number>();
  /** 0, which is any free port, where all are taken. */
  const portOf = (logicalId: string): number => {
    const known = offsets.get(logicalId);
    if (known !== undefined) return basePort + 1 + known;
    if (taken.size >= room) return 0;
    let offset = createHash('sha256').update(logicalId).digest().readUInt32BE() % room;
    while (taken.has(offset)) offset = (offset + 1) % room;
    taken.add(offset);
    offsets.set(logicalId, offset);
    return basePort + 1 + offset;
  };
  for (const logicalId of logicalIds.toSorted()) portOf(logicalId);
  return portOf;
}
