import { useCallback, useMemo, useState } from '../preact.ts';
import { closedAddress } from '../state/address.ts';
import type { KeyAction } from '../state/keys.ts';
import { Banner } from './banner.tsx';
import { ConsoleContext } from './context.ts';
import { Guarded } from './guarded.tsx';
import { Help } from './help.tsx';
import { Rail } from './rail.tsx';
import { focusNextRow, focusRow } from './row-focus.ts';
import { useAddress } from './use-address.ts';
import { useFacts } from './use-facts.ts';
import { useKeys } from './use-keys.ts';
import { useStack } from './use-stack.ts';
import { VIEW_PARTS } from './view-parts.ts';

export function App() {
  const { address, go, filter } = useAddress();
  const { facts, connection } = useFacts();
  const stack = useStack(facts, connection);
  const [said, setSaid] = useState('');
  const [isHelping, setIsHelping] = useState(false);

  const announce = useCallback((text: string) => {
    // The same words twice are two happenings.
    setSaid('');
    setTimeout(() => setSaid(text), 50);
  }, []);

  function act(action: KeyAction): boolean {
    switch (action.do) {
      case 'go':
        go({ view: action.to });
        return true;
      case 'help':
        setIsHelping(true);
        return true;
      case 'filter': {
        const field = document.getElementById('filter');
        field?.focus();
        return field !== null;
      }
      case 'move':
        return focusNextRow(action.by);
      case 'open':
        return focusRow();
      case 'close':
        return close();
    }
  }

  function close(): boolean {
    const focused = document.activeElement;
    if (focused instanceof HTMLElement && focused.matches('input, textarea, select')) {
      focused.blur();
      return true;
    }
    const closed = closedAddress(address);
    if (closed) go(closed);
    return closed !== undefined;
  }

  useKeys(act);
  const shared = useMemo(
    () => ({ facts, connection, stack, address, go, filter, announce }),
    [facts, connection, stack, address, go, filter, announce],
  );
  const View = VIEW_PARTS[address.view].view;
  return (
    <ConsoleContext.Provider value={shared}>
      <div class="app">
        <Rail onHelp={() => setIsHelping(true)} />
        <div class="stage">
          <Banner />
          <main id="main" tabIndex={-1} aria-label={VIEW_PARTS[address.view].name}>
            <Guarded place={`${address.view} ${address.opened.join('/')}`}>
              <View key={address.view} />
            </Guarded>
          </main>
        </div>
      </div>
      <div class="hidden" role="status">
        {said}
      </div>
      {isHelping && <Help onClose={() => setIsHelping(false)} />}
    </ConsoleContext.Provider>
  );
}
