declare module '*.txt' {
  const text: string;
  export default text;
}
declare module 'clock' {
  export function now(): number;
}
declare module 'left-out';
declare var BANNER: string;
