import type { View } from './address.ts';

/** An effect of a key. */
export type KeyAction =
  | { do: 'filter' }
  | { do: 'help' }
  | { do: 'open' }
  | { do: 'close' }
  | { do: 'move'; by: 1 | -1 }
  | { do: 'go'; to: View };

export interface Key {
  /** As KeyboardEvent has it. */
  key: string;
  /** Control, Alt or Meta is held: the key is the browser's own. */
  isModified: boolean;
  /** The focus is in a field for text. */
  isTyping: boolean;
  /** The focus is on a link, a button or such, which has a use for Enter of its own. */
  isOnControl: boolean;
  /** Milliseconds. */
  at: number;
}

/** The keys after `g`, with the views that they go to; the help lists them. */
export const VIEW_KEYS: Readonly<Record<string, View>> = {
  e: 'events',
  t: 'traces',
  d: 'data',
  l: 'logs',
  s: 'system',
  a: 'do',
  m: 'metrics',
};

/** The time in which the second key of two is expected. */
const PATIENCE_MS = 1_500;

/** Reads keys one after the other. Undefined for one that has no meaning here. */
export function keyReader(): (key: Key) => KeyAction | undefined {
  let waitsSince: number | undefined;
  return ({ key, isModified, isTyping, isOnControl, at }) => {
    const isSecond = waitsSince !== undefined && at - waitsSince <= PATIENCE_MS;
    waitsSince = undefined;
    if (isModified) return undefined;
    if (key === 'Escape') return { do: 'close' };
    if (isTyping) return undefined;
    if (isSecond) {
      const to = VIEW_KEYS[key.toLowerCase()];
      return to && { do: 'go', to };
    }
    if (key === 'g') {
      waitsSince = at;
      return undefined;
    }
    if (key === 'Enter') return isOnControl ? undefined : { do: 'open' };
    return SINGLE.get(key);
  };
}

const SINGLE = new Map<string, KeyAction>([
  ['/', { do: 'filter' }],
  ['?', { do: 'help' }],
  ['j', { do: 'move', by: 1 }],
  ['ArrowDown', { do: 'move', by: 1 }],
  ['k', { do: 'move', by: -1 }],
  ['ArrowUp', { do: 'move', by: -1 }],
]);
