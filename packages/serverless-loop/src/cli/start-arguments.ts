import { DEFAULT_PORT } from '../loop/default-endpoint.ts';

/** Node's own. */
export const DEFAULT_INSPECT_PORT = 9229;

/** Options of every command that starts a loop, for `parseArgs`. */
export const LOOP_OPTIONS = {
  template: { type: 'string', short: 't' },
  'config-env': { type: 'string' },
  'stack-name': { type: 'string' },
  'parameter-overrides': { type: 'string', multiple: true },
  value: { type: 'string', multiple: true },
  import: { type: 'string', multiple: true },
  store: { type: 'string' },
  port: { type: 'string', short: 'p' },
  listen: { type: 'string' },
  'allow-host': { type: 'string', multiple: true },
  'retry-speed': { type: 'string' },
  data: { type: 'string' },
  dynamodb: { type: 'string' },
  fault: { type: 'string', multiple: true },
  otlp: { type: 'string' },
  jwks: { type: 'string', multiple: true },
  inspect: { type: 'string', multiple: true },
  'inspect-wait': { type: 'string', multiple: true },
  'inspect-port': { type: 'string' },
  empty: { type: 'boolean' },
  strict: { type: 'boolean' },
  unsigned: { type: 'boolean' },
  'no-watch': { type: 'boolean' },
  'no-freeze': { type: 'boolean' },
  'allow-aws': { type: 'boolean' },
  'call-host': { type: 'string', multiple: true },
  force: { type: 'boolean' },
  'platform-logs': { type: 'boolean' },
  verbose: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** The part of a help text about LOOP_OPTIONS, a line each. */
export const LOOP_OPTIONS_HELP = `  -t, --template FILE            the SAM template (default: template.yaml)
      --config-env NAME          environment of samconfig.toml beside it (default: default)
      --stack-name NAME          the stack's name (default: that of samconfig.toml, else local)
      --parameter-overrides A=B  a parameter of the template, or file://FILE with several; may be repeated, wins over
                                 samconfig.toml
      --value NAME=VALUE         a value that the loop can't know, by what the template calls it, such as
                                 Db.Endpoint.Address; may be repeated
      --import NAME=VALUE        what another stack exports under a name; may be repeated
      --store FILE               values of SSM parameters and secrets, JSON, YAML or TOML with parameters and secrets
                                 by their names
  -p, --port N                   port (default: ${DEFAULT_PORT}; 0: any free one)
      --listen ADDRESS           IP address to listen on in place of 127.0.0.1, such as 0.0.0.0 in a container:
                                 whoever reaches it may do everything
      --allow-host NAME          answer requests addressed to this name too; may be repeated
      --retry-speed N            retries, back-off and visibility timeouts run N times as fast (default: 1)
      --data DIR                 keep the tables and their items in this folder, over restarts; without it they are
                                 in memory
      --dynamodb URL             a DynamoDB Local to use in place of the embedded store
      --fault ACTION[,NAME=VALUE]  do harm to calls or invocations, such as
                                 api-throttle-error,service=dynamodb,operation=PutItem,percentage=20; may be repeated
      --otlp URL                 send the spans of all traces on to this collector too, by OTLP/HTTP;
                                 to /v1/traces unless the URL has a path
      --jwks ISSUER=FILE         the keys of an issuer of tokens, a JSON Web Key Set, for JWT authorizers of HTTP APIs
                                 in place of those at the issuer's URL; may be repeated
      --inspect [FUNCTION]       a debugger can attach to this function, or to all and to the loop; may be repeated.
                                 One environment at a time, built unminified; time-outs wait at a breakpoint
      --inspect-wait [FUNCTION]  the same, and each process waits for the debugger before it loads the code
      --inspect-port N           the loop's port (default: ${DEFAULT_INSPECT_PORT}); a function's follows from its name and
                                 is one of the 600 above it; 0: any free ones
      --empty                    start without a stack; sam deploy makes them
      --strict                   refuse a template with something that is not emulated
      --unsigned                 take requests without a signature as yours; AWS refuses them, and so does the loop
      --no-watch                 don't rebuild when a file is saved
      --no-freeze                let functions go on between invocations; AWS freezes them, and so does the loop
      --allow-aws                let functions connect to AWS; calls of services that the loop has come to it all the
                                 same
      --call-host NAME           let API destinations, tasks and integrations by HTTP and subscriptions of SNS call this host;
                                 without it they call this machine alone. May be repeated
      --force                    build every bundle anew, whatever the cache has
      --platform-logs            show Lambda's own START, END and REPORT lines too
      --verbose                  show ids whole, and each error whenever it is logged, with every frame of its stack
      --json                     one JSON object a line, for machines; below a script of npm's, -s keeps npm's own
                                 lines away: npm start -s -- --json
  -h, --help                     this text
  -v, --version                  the version`;
