/** Terminal colours as they look on a dark ground. */
const FOREGROUND: Record<string, string> = {
  '31': '#ff7b72',
  '32': '#7ee787',
  '33': '#e3b341',
  '34': '#79c0ff',
  '35': '#d2a8ff',
  '36': '#76e3ea',
};

const FONT_SIZE = 13;
const LINE_HEIGHT = 19;
const CHARACTER_WIDTH = 7.83;
const PADDING = 16;
const TITLE_HEIGHT = 34;

/** Draws what a terminal showed, colours and all, as an SVG with selectable text. Long lines are cut at `columns`. */
export function terminalSvg(options: { title: string; output: string; columns: number }): string {
  const lines = options.output.trimEnd().split('\n');
  const width = Math.ceil(options.columns * CHARACTER_WIDTH + 2 * PADDING);
  const height = TITLE_HEIGHT + lines.length * LINE_HEIGHT + PADDING;
  const rows = lines.map((line, index) => {
    const y = TITLE_HEIGHT + (index + 1) * LINE_HEIGHT - 5;
    return `<text x="${PADDING}" y="${y}" xml:space="preserve">${spans(line, options.columns)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT_SIZE}" fill="#e6edf3" role="img">
<title>${escapeXml(options.title)}, in a terminal</title>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<circle cx="20" cy="17" r="5" fill="#ff5f56"/><circle cx="38" cy="17" r="5" fill="#ffbd2e"/><circle cx="56" cy="17" r="5" fill="#27c93f"/>
<text x="${width / 2}" y="21" text-anchor="middle" fill="#8b949e">${escapeXml(options.title)}</text>
${rows.join('\n')}
</svg>
`;
}

function spans(line: string, columns: number): string {
  let style = { colour: '', bold: false, dim: false };
  let room = columns;
  let drawn = '';
  for (const [index, part] of line.split('\u001b[').entries()) {
    const [, code = '', rest = ''] = index === 0 ? ['', '', part] : (/^(\d+)m(.*)$/s.exec(part) ?? []);
    if (code !== '') style = restyled(style, code);
    if (rest === '' || room <= 0) continue;
    const text = rest.length > room ? `${rest.slice(0, room - 1)}…` : rest;
    room -= text.length;
    drawn += `<tspan${attributes(style)}>${escapeXml(text)}</tspan>`;
  }
  return drawn;
}

interface Style {
  colour: string;
  bold: boolean;
  dim: boolean;
}

function restyled(style: Style, code: string): Style {
  if (code === '1') return { ...style, bold: true };
  if (code === '2') return { ...style, dim: true };
  if (code === '22') return { ...style, bold: false, dim: false };
  if (code === '39' || code === '0') return { ...style, colour: '' };
  return { ...style, colour: FOREGROUND[code] ?? '' };
}

function attributes({ colour, bold, dim }: Style): string {
  const fill = colour || (dim ? '#8b949e' : '');
  return `${fill ? ` fill="${fill}"` : ''}${bold ? ' font-weight="bold"' : ''}`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
