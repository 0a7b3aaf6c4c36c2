/** The colours of the page, by what they mean; views name these and no others. */
export interface Palette {
  background: string;
  /** Of what is opened, of headings that stay, of code. */
  raised: string;
  /** Between rows: no meaning, and no contrast to keep. */
  line: string;
  /** The edges of fields and buttons. */
  control: string;
  text: string;
  /** Times, ids, and all that is looked at second. */
  quiet: string;
  /** Links, the focus, what is chosen. */
  accent: string;
  good: string;
  warning: string;
  bad: string;
}

/** The system's setting chooses (CSS Color Adjustment, `prefers-color-scheme`). */
export const PALETTES: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    background: '#ffffff',
    raised: '#f5f6f8',
    line: '#dfe3e8',
    control: '#7a8392',
    text: '#1a1f27',
    quiet: '#566070',
    accent: '#0b5cad',
    good: '#1a6e34',
    warning: '#855300',
    bad: '#b3261e',
  },
  dark: {
    background: '#14171c',
    raised: '#1d2128',
    line: '#2d333d',
    control: '#7d8797',
    text: '#e6e9ee',
    quiet: '#a2abb9',
    accent: '#7cb8f5',
    good: '#6fcf8a',
    warning: '#e0b050',
    bad: '#ff9087',
  },
};

/** The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio" and "relative luminance"). */
export function contrast(one: string, other: string): number {
  const [brighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (brighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
