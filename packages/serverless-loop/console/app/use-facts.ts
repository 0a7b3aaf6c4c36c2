import { useEffect, useState } from '../preact.ts';
import { type Connection, connect } from '../state/connection.ts';
import { emptyStore } from '../state/fact-store.ts';
import { gathering, later, openFacts } from './fact-source.ts';

const NOTHING = { facts: emptyStore(), connection: 'connecting' } as const;

/** The loop's facts, for as long as the page is open. */
export function useFacts() {
  const [now, setNow] = useState<{
    facts: ReturnType<Connection['store']>;
    connection: ReturnType<Connection['state']>;
  }>(NOTHING);
  useEffect(() => {
    const connection: Connection = connect({
      open: openFacts,
      atNextFrame: gathering(),
      later,
      onChange: () => setNow({ facts: connection.store(), connection: connection.state() }),
    });
    return connection.close;
  }, []);
  return now;
}
