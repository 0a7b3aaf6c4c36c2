/** Shows how far something is, on one line that is written anew; not at all where there is no terminal. */
export function progress(stream: { isTTY?: boolean; write(text: string): unknown }) {
  const write = (text: string) => {
    if (stream.isTTY) stream.write(`\r\u001b[K${text}`);
  };
  return {
    show: write,
    /** Takes the line away. */
    end: () => write(''),
  };
}
