/** Which functions listen for a debugger, and where. */
export interface Inspection {
  /** By the function's name; 0 for any free one. */
  ports: ReadonlyMap<string, number>;
  waits: boolean;
  /** How long a process waits for a debugger that was attached to the one before; 5,000 when absent. */
  returnMs?: number;
}
