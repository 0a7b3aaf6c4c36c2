export interface Sale {
  sku: string;
  pieces: number;
  cents: number;
}

export interface Report {
  /** `2026-01-31`, in UTC. */
  day: string;
  sales: number;
  pieces: number;
  cents: number;
  /** Pieces by article, the most sold first. */
  articles: { sku: string; pieces: number }[];
}

/** Adds up a day's sales. */
export function reportOf(day: string, sales: readonly Sale[]): Report {
  const articles = [...Map.groupBy(sales, ({ sku }) => sku)].map(([sku, those]) => ({
    sku,
    pieces: sum(those.map(({ pieces }) => pieces)),
  }));
  return {
    day,
    sales: sales.length,
    pieces: sum(sales.map(({ pieces }) => pieces)),
    cents: sum(sales.map(({ cents }) => cents)),
    articles: articles.sort((one, other) => other.pieces - one.pieces),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
