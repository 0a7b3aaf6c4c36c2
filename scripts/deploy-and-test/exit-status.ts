/** The kinds of failure, each with the exit status that tells it. */
export const STATUS = {
  ok: 0,
  /** Answered no, or a fault of the script itself. */
  refused: 1,
  usage: 2,
  prerequisite: 10,
  credentials: 11,
  build: 12,
  deploy: 13,
  test: 14,
  cleanup: 15,
} as const;

export type FailureKind = Exclude<keyof typeof STATUS, 'ok' | 'usage'>;

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

export type Interrupt = keyof typeof SIGNAL_NUMBERS;

/** As a shell tells of a command that a signal ended. */
export function statusOfInterrupt(signal: Interrupt): number {
  return 128 + SIGNAL_NUMBERS[signal];
}

export const STATUS_HELP = `exit status: 0 all held; else that of what failed first:
  1 answered no, or a fault of the script    ${STATUS.build} dependencies, types, unit tests or sam build
  2 the command line is wrong                ${STATUS.deploy} a deployment
 ${STATUS.prerequisite} a tool, the template or the name        ${STATUS.test} a test on what was deployed
 ${STATUS.credentials} credentials, account or Region          ${STATUS.cleanup} something is left that should be gone
129, 130, 143 interrupted by SIGHUP, SIGINT (Ctrl-C), SIGTERM`;
