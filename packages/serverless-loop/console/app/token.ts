import { tokenIn } from '../state/address.ts';

const KEY = 'serverless-loop token';

/** Takes the token out of the address bar, and keeps it for as long as the tab is open. */
export function takeToken(): void {
  const token = tokenIn(location.hash);
  if (token === undefined) return;
  sessionStorage.setItem(KEY, token);
  history.replaceState(null, '', location.pathname);
}

export function keptToken(): string | undefined {
  return sessionStorage.getItem(KEY) ?? undefined;
}
