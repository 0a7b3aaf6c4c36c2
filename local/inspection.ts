import type { Inspection } from './lambda/debugging/inspection.ts';
import type { FunctionModel } from './template/model.ts';
import { didYouMean } from './template/nearest.ts';

/** What a developer asked to debug. */
export interface InspectOptions {
  /** Logical ids; none means every function. */
  functions: readonly string[];
  /** The loop's own port. The functions' follow in the template's order; 0 for any free ones. */
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

/** The port of a function is its own as long as the template lists the functions in the same order. Throws NoSuchFunctionError. */
export function inspectionOf(functions: FunctionModel[], options: InspectOptions): Inspection {
  const known = functions.map(({ logicalId }) => logicalId);
  for (const wanted of options.functions)
    if (!known.includes(wanted)) throw new NoSuchFunctionError(wanted, known);
  const isWanted = ({ logicalId }: FunctionModel) =>
    options.functions.length === 0 || options.functions.includes(logicalId);
  const ports = functions.flatMap((fn, index): [string, number][] =>
    isWanted(fn) ? [[fn.name, options.basePort === 0 ? 0 : options.basePort + 1 + index]] : [],
  );
  return { ports: new Map(ports), waits: options.waits };
}
