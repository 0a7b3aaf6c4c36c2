/** The command that a reader types when it comes to this line: the packages are installed, the loop is at `endpoint`. */
export function asTyped(command: string, endpoint: string, orderId = ''): string {
  return command.replaceAll('http://127.0.0.1:4580', endpoint).replaceAll('ORDER-ID', orderId);
}
