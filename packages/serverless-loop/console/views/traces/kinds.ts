/** The parts of the view, by their addresses. */
export const KINDS = [
  ['', 'Requests'],
  ['executions', 'Executions'],
] as const;
