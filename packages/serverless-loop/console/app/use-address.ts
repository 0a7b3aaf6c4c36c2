import { useCallback, useEffect, useState } from '../preact.ts';
import { type Address, formatAddress, parseAddress } from '../state/address.ts';
import { takeToken } from './token.ts';

/** The address of the page, which is all that a reload or a bookmark has to bring back. */
export function useAddress() {
  const [address, setAddress] = useState(() => parseAddress(location.hash));

  useEffect(() => {
    const read = () => {
      // A new address of a loop that was started again may be put into an open tab.
      takeToken();
      setAddress(parseAddress(location.hash));
    };
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);

  const go = useCallback((to: Partial<Address> & Pick<Address, 'view'>) => {
    location.hash = formatAddress({ opened: [], filter: '', ...to });
  }, []);

  const filter = useCallback((text: string) => {
    const next = { ...parseAddress(location.hash), filter: text };
    history.replaceState(null, '', formatAddress(next));
    setAddress(next);
  }, []);

  return { address, go, filter };
}
