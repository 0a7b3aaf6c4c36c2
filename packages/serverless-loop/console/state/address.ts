/** A view of the console, as its address has it: `#/events/shop/5f0c…?q=total`. */
export interface Address {
  view: View;
  /** The thing that is opened in the view: a bus and an event, a queue, a function. Empty for the view itself. */
  opened: readonly string[];
  /** The filter, as it was typed. */
  filter: string;
}

export type View = (typeof VIEWS)[number];

export const VIEWS = ['events', 'traces', 'data', 'logs', 'system', 'do', 'metrics'] as const;

const START: Address = { view: 'events', opened: [], filter: '' };

/** Reads the fragment of an address. One that is no view's is that of the first. */
export function parseAddress(fragment: string): Address {
  const [path = '', query = ''] = fragment.replace(/^#\/?/, '').split('?', 2);
  const [name = '', ...opened] = path.split('/').map(decoded);
  const view = VIEWS.find((known) => known === name);
  if (!view) return START;
  return {
    view,
    opened: opened.filter((part) => part !== ''),
    filter: new URLSearchParams(query).get('q') ?? '',
  };
}

export function formatAddress({ view, opened, filter }: Address): string {
  const path = [view, ...opened].map(addressPart).join('/');
  return filter === '' ? `#/${path}` : `#/${path}?${new URLSearchParams({ q: filter })}`;
}

/** The address without what is opened last: its list, its table and its part of the view stay. Undefined where nothing is opened. */
export function closedAddress(address: Address): Address | undefined {
  const { opened } = address;
  const kept = placeOf(address);
  return opened.length > kept ? { ...address, opened: opened.slice(0, kept) } : undefined;
}

/** The number of parts that say where one is; those behind them say what is opened there. */
function placeOf({ view, opened: [part] }: Address): number {
  switch (view) {
    case 'data':
      return part === 'tables' || part === 'buckets' ? 2 : 1;
    case 'traces':
      return part === 'executions' ? 1 : 0;
    case 'system':
      return part === 'list' || part === 'refused' ? 1 : 0;
    case 'do':
    case 'metrics':
      return 2;
    case 'events':
    case 'logs':
      return 0;
  }
}

/**
 * The token of the address that the start printed, `#token=…`, which the page takes out of the address bar and keeps for as
 * long as its tab is open: it is in no bookmark and in no address that is sent on.
 */
export function tokenIn(fragment: string): string | undefined {
  return /^#token=([\w-]{16,})$/.exec(fragment)?.[1];
}

/** A part of an address. Half a character has no place in one: it is another one there, which opens nothing. */
export function addressPart(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Typed by hand: it is taken as it stands.
    return part;
  }
}
