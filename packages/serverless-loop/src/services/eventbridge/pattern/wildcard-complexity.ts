type Token = { star: true } | { star: false; character: string };

/** More sets than this are as good as too many prefixes: the search ends. */
const MAX_SETS = 5_000;

/**
 * The most prefixes of a wildcard that one text can match at the same moment, which is what Event Ruler calls its
 * complexity: `a*bb` on `abb` has `a*`, `a*b` and `a*bb`.
 * @param pieces what stands between the stars
 * @param enough the search stops when it finds so many
 */
export function livePrefixes(pieces: string[], enough: number): number {
  if (pieces.length === 1) return 1;
  const tokens = tokenize(pieces);
  const seen = new Set<string>();
  const toVisit = [closure(new Set([0]), tokens)];
  let most = 0;
  for (let live = toVisit.pop(); live; live = toVisit.pop()) {
    most = Math.max(most, live.size);
    if (most >= enough || seen.size > MAX_SETS) return enough;
    for (const character of expected(live, tokens)) {
      const next = step(live, character, tokens);
      const key = [...next].sort((a, b) => a - b).join();
      if (seen.has(key)) continue;
      seen.add(key);
      toVisit.push(next);
    }
  }
  return most;
}

function tokenize(pieces: string[]): Token[] {
  return pieces.flatMap((piece, index): Token[] => {
    const characters = [...piece].map((character): Token => ({ star: false, character }));
    return index === 0 ? characters : [{ star: true }, ...characters];
  });
}

/** The characters that make any live prefix longer, and undefined for all others: these end it or leave it. */
function expected(live: Set<number>, tokens: Token[]): Set<string | undefined> {
  const characters = new Set<string | undefined>([undefined]);
  for (const length of live) {
    const token = tokens[length];
    if (token && !token.star) characters.add(token.character);
  }
  return characters;
}

/** A live prefix is the number of tokens it has; `character` makes each one longer, keeps it (after a star) or ends it. */
function step(live: Set<number>, character: string | undefined, tokens: Token[]): Set<number> {
  const next = new Set<number>();
  for (const length of live) {
    const last = tokens[length - 1];
    if (last?.star) next.add(length);
    const token = tokens[length];
    if (token && !token.star && token.character === character) next.add(length + 1);
  }
  return closure(next, tokens);
}

/** A star also stands for nothing: what comes before it is followed by it at once. */
function closure(live: Set<number>, tokens: Token[]): Set<number> {
  for (const length of live) if (tokens[length]?.star) live.add(length + 1);
  live.delete(0);
  return live;
}
