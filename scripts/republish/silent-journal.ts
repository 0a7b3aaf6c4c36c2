import type { Journal } from '../../src/orders/ports.ts';

/** For a run that a person watches: what the functions tell in logs, metrics and traces has no reader here. */
export const silentJournal: Journal = {
  follow() {},
  record() {},
  step: (_name, run) => run(),
};
