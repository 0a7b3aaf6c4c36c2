/** The code of a function is built, and the packages that it needs are looked for; it is debugged. */
export type CodeFact =
  /** A function that came while the loop runs has its port. */
  | { kind: 'debugger.listening'; functionName: string; port: number }
  | { kind: 'debugger.attached'; functionName: string }
  | { kind: 'debugger.detached'; functionName: string }
  /** At a breakpoint, where the function's time stands still. */
  | { kind: 'debugger.paused'; functionName: string }
  | { kind: 'debugger.resumed'; functionName: string }
  | { kind: 'build.started'; functionName: string; changed: string }
  /** Without a size: of own code alone, beside its packages. */
  | { kind: 'build.succeeded'; functionName: string; durationMs: number; sizeBytes?: number }
  /** Nothing was saved for a while: what was put off for the last save's sake is done. */
  | { kind: 'build.settled'; functionName: string }
  /** A function writes a file where its code is: from now on that reloads nothing. Told once a file. */
  | { kind: 'code.ownWrite'; functionName: string; file: string }
  /** A package that AWS's runtime has, and this machine hasn't: getting it takes a while. */
  | { kind: 'sdk.installing'; functionName: string; name: string }
  /** A package that AWS's runtime has, and this machine hadn't. */
  | { kind: 'sdk.installed'; functionName: string; name: string; durationMs: number }
  /** The same, and it could not be installed. */
  | { kind: 'sdk.missing'; functionName: string; name: string; command: string; reason: string }
  /** Its package.json or requirements.txt names packages that are not installed: when it starts, and when it imports one. */
  | { kind: 'packages.missing'; functionName: string; names: string[]; manifest: string; command: string }
  /** A function was kept from connecting to AWS. */
  | { kind: 'aws.refused'; functionName: string; host: string }
  /** `isServing`: earlier code goes on serving. */
  | { kind: 'build.failed'; functionName: string; errors: string[]; isServing: boolean };
