import { createContext, useContext } from '../preact.ts';
import type { Address } from '../state/address.ts';
import type { ConnectionState } from '../state/connection.ts';
import type { FactStore } from '../state/fact-store.ts';
import type { Stack } from './stack.ts';

/** The parts that all views share. */
export interface Console {
  facts: FactStore;
  connection: ConnectionState;
  /** Undefined until it has come. */
  stack: Stack | undefined;
  address: Address;
  /** Opens another address, which back returns from. */
  go(address: Partial<Address> & Pick<Address, 'view'>): void;
  /** Changes the filter of the view that is open; back doesn't stop at each letter. */
  filter(text: string): void;
  /** Tells an outcome to who can't see it. */
  announce(text: string): void;
}

export const ConsoleContext = createContext<Console | undefined>(undefined);

export function useConsole(): Console {
  const found = useContext(ConsoleContext);
  if (!found) throw new Error('Expected to be drawn inside the page.');
  return found;
}
