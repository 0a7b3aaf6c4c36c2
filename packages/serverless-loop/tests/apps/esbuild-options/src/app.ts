import { now } from 'clock';
import words from './words.txt';

export async function handler(): Promise<unknown> {
  const missing = await import('left-out').catch(({ code }) => code);
  return {
    mode: process.env.MODE,
    words: words.trim(),
    now: now(),
    name: handler.name,
    missing,
    banner: globalThis.BANNER,
  };
}
