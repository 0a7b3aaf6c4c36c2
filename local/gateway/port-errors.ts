/** Another program listens where the gateway was to listen. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  readonly port: number;

  constructor(port: number, options: { cause: unknown }) {
    super(`Port ${port} of 127.0.0.1 is already in use`, options);
    this.port = port;
  }
}

export class InvalidPortError extends Error {
  override readonly name = 'InvalidPortError';
  readonly port: number;

  constructor(port: number) {
    super(`A port is a whole number from 0 (any free one) to 65535, not ${port}`);
    this.port = port;
  }
}
