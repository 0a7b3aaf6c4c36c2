/** `2026-11-23T09:30:00Z`, as events tell the time: without its fraction. */
export function timeText(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
