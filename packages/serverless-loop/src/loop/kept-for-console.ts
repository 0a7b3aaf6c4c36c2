import { randomBytes } from 'node:crypto';
import { type KeptEvents, keptEvents } from '../console/kept-events.ts';
import { type KeptFacts, keptFacts } from '../console/kept-facts.ts';

/** The happenings that a console shows: kept from the start, since people open it when something has gone wrong. */
export interface LoopConsole {
  facts: KeptFacts;
  events: KeptEvents;
  /** Lets who has it change something by the console. */
  token: string;
}

export function keptForConsole(): LoopConsole {
  return { facts: keptFacts(), events: keptEvents(), token: randomBytes(18).toString('base64url') };
}
