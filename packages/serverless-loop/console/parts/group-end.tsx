import type { KeptGroup } from '../state/fact-store.ts';

/** The line below a list of facts, which says what it has no more. */
export function GroupEnd({ group, of }: { group: KeptGroup; of: string }) {
  const { gone, missedUpTo, facts } = group;
  const words = [
    gone > 0 &&
      `The newest ${facts.length.toLocaleString()} ${of} are here; ${gone.toLocaleString()} older ones gave way.`,
    missedUpTo > 0 && 'The loop had let go of older ones before this page came.',
    gone === 0 && missedUpTo === 0 && `All since the loop started: ${facts.length.toLocaleString()} ${of}.`,
  ];
  return <>{words.filter(Boolean).join(' ')}</>;
}
