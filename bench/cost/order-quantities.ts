/** The quantities that one ordinary order uses: accepted, published once, delivered once, processed. A test compares it with a run. */
export const AN_ORDER = {
  invocations: 2,
  /** PutItem, PutEvents, UpdateItem. */
  awsCalls: 3,
  /** PutItem and UpdateItem, one unit each as long as the item is at most 1 KB; one of a larger order takes more. */
  writeRequestUnits: 2,
  events: 1,
  /** Bounds, not measurements: a test holds a run on the loop under them, and its log lines over half of theirs. */
  itemBytes: 1_024,
  logBytes: 6_000,
};

/** Quantities that can't be counted here: read them off your own account, and run this again. */
export const ASSUMED = {
  /** Warm, both calls included. */
  creatorBilledMs: 25,
  processorBilledMs: 15,
  /** Lambda's own sampling, beyond the first request of each second. */
  tracedShare: 0.05,
  monthsKept: 1,
};
