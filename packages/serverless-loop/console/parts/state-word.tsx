export type Meaning = 'good' | 'warning' | 'bad' | 'quiet';

const SIGNS: Readonly<Record<Meaning, string>> = { good: '✓', warning: '!', bad: '✕', quiet: '·' };

/** A state in a word and a sign, coloured by its meaning. */
export function StateWord({ meaning, word }: { meaning: Meaning; word: string }) {
  return (
    <span class={`state ${meaning}`}>
      <span aria-hidden="true">{SIGNS[meaning]} </span>
      {word}
    </span>
  );
}
