/** An error as an AWS service answers it. The gateway writes it in the caller's protocol. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** The code without a namespace, e.g. `ResourceNotFoundException`. */
  readonly code: string;
  readonly status: number;
  /** Members of the error beside its message, e.g. `Item` of a failed condition. */
  readonly members: Record<string, unknown>;
  /** Response headers that belong to the error, e.g. `Retry-After`. */
  readonly headers: Record<string, string>;

  constructor(
    code: string,
    message: string,
    options: { status?: number; members?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.code = code;
    this.status = options.status ?? 400;
    this.members = options.members ?? {};
    this.headers = options.headers ?? {};
  }
}
