import type { Startable } from '../machines/startable.ts';

/** An execution that begins, with what it was started with. */
export interface Started extends Startable {
  name: string;
  inputText: string;
  traceHeader?: string;
  /** A rule, schedule or pipe started it: what it does may start it again. */
  isByService?: true;
}
